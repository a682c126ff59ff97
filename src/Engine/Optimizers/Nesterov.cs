namespace EE569.Engine.Optimizers;

/// <summary>Momentum that looks ahead (Nesterov, 1983; in the form of Sutskever et al., 2013): v = mu v + g, p -= lr (g + mu v).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="mu">mu, in [0, 1).</param>
public sealed class Nesterov<T>(double mu = 0.9) : Optimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>mu, the share of the velocity that stays.</summary>
    public double Mu { get; } = InRange(mu, 0, 1, nameof(mu));

    /// <inheritdoc/>
    public override int Slots => 1;

    /// <inheritdoc/>
    public override void Update(in ParameterUpdate<T> update) => update.Apply(new Rule(T.CreateTruncating(update.LearningRate), T.CreateTruncating(Mu)));

    private readonly struct Rule(T rate, T mu) : IUpdateRule<T>
    {
        public void Update(Vector<T> gradient, ref Vector<T> value, ref Vector<T> velocity, ref Vector<T> unused)
        {
            velocity = Subnormal<T>.Flush(mu * velocity + gradient);
            value -= rate * (gradient + mu * velocity);
        }
    }
}
