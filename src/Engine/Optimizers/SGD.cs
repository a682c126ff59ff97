namespace EE569.Engine.Optimizers;

/// <summary>Plain gradient descent: p -= lr g.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SGD<T> : Optimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override int Slots => 0;

    /// <inheritdoc/>
    public override bool SkipsZeroGradients => true;

    internal override SkippedPenalty SkippedPenalty => SkippedPenalty.CaughtUp;

    /// <inheritdoc/>
    public override void Update(in ParameterUpdate<T> update) => update.Apply(new Rule(T.CreateTruncating(update.LearningRate)));

    private readonly struct Rule(T rate) : IUpdateRule<T>
    {
        public void Update(Vector<T> gradient, ref Vector<T> value, ref Vector<T> slot0, ref Vector<T> slot1) => value -= rate * gradient;
    }
}
