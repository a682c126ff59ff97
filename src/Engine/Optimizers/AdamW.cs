namespace EE569.Engine.Optimizers;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter, 2019): p -= lr decay p on every parameter, biases too unless their group
/// says otherwise, then the step of <see cref="Adam{T}"/>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="weightDecay">The decay, from 0. It is not part of the loss, unlike L2Regularization.</param>
/// <param name="beta1">Decay of the mean, in [0, 1).</param>
/// <param name="beta2">Decay of the mean square, in [0, 1).</param>
/// <param name="epsilon">Added to the root, above 0.</param>
public sealed class AdamW<T>(double weightDecay = 0.01, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
    : Adam<T>(beta1, beta2, epsilon)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The decay.</summary>
    public double WeightDecay { get; } = InRange(weightDecay, 0, double.PositiveInfinity, nameof(weightDecay));

    private protected override double Decay => WeightDecay;
}
