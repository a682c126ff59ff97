namespace EE569.Engine.Optimizers;

/// <summary>
/// <see cref="Adam{T}"/> that lets a weight and its moments rest in steps where the weight's gradient is 0, where Adam's would go on; the step
/// count goes on for all. Known as PyTorch's SparseAdam. A step on sparse rows then costs what the batch holds, not what the layer holds.
/// </summary>
/// <remarks>L2Regularization acts on sparse rows in the steps in which the weight does not rest.</remarks>
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
