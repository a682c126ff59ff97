using System.Numerics;

namespace EE569.Engine.Optimizers;

/// <summary>
/// <see cref="Adam{T}"/> for sparse rows, as PyTorch's SparseAdam: a weight and its moments move in the steps whose batch holds the weight's
/// feature and rest in the others, where Adam's would go on. A step then costs what the batch holds, not what the layer holds. So does
/// L2Regularization: its gradient acts in the same steps. On dense rows it is <see cref="Adam{T}"/>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="beta1">Decay of the mean, in [0, 1).</param>
/// <param name="beta2">Decay of the mean square, in [0, 1).</param>
/// <param name="epsilon">Added to the root, above 0.</param>
public sealed class LazyAdam<T>(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) : Adam<T>(beta1, beta2, epsilon)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override bool SkipsZeroGradients => true;

    internal override SkippedPenalty SkippedPenalty => SkippedPenalty.LeftOut;
}
