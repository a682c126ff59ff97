namespace EE569.Engine.Optimizers;

/// <summary>Gradient descent with a velocity (Polyak, 1964): v = mu v + g, p -= lr v.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="momentum">mu, in [0, 1).</param>
public sealed class Momentum<T>(double momentum = 0.9) : Optimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _mu = T.CreateTruncating(InRange(momentum, 0, 1, nameof(momentum)));

    /// <inheritdoc/>
    public override int Slots => 1;

    /// <inheritdoc/>
    public override void Update(in ParameterUpdate<T> update) => update.Apply(new Rule(T.CreateTruncating(update.LearningRate), _mu));

    private readonly struct Rule(T rate, T mu) : IUpdateRule<T>
    {
        public void Update(Vector<T> gradient, ref Vector<T> value, ref Vector<T> velocity, ref Vector<T> unused)
        {
            velocity = Subnormal<T>.Flush(mu * velocity + gradient);
            value -= rate * velocity;
        }
    }
}
