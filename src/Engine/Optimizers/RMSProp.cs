namespace EE569.Engine.Optimizers;

/// <summary>
/// Gradients divided by a running root mean square (Tieleman and Hinton, 2012): s = a s + (1 - a) g^2, v = mu v + g / (sqrt(s) + eps),
/// p -= lr v.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="decay">a, in [0, 1).</param>
/// <param name="momentum">mu, in [0, 1); 0 for none.</param>
/// <param name="epsilon">eps, above 0.</param>
public sealed class RMSProp<T>(double decay = 0.99, double momentum = 0, double epsilon = 1e-8) : Optimizer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>a, the share of the mean square that stays.</summary>
    public double Decay { get; } = InRange(decay, 0, 1, nameof(decay));

    /// <summary>mu, the share of the velocity that stays.</summary>
    public double Momentum { get; } = InRange(momentum, 0, 1, nameof(momentum));

    /// <summary>What is added to the root.</summary>
    public double Epsilon { get; } = InRange(epsilon, double.Epsilon, double.PositiveInfinity, nameof(epsilon));

    /// <inheritdoc/>
    public override int Slots => Momentum == 0 ? 1 : 2;

    /// <inheritdoc/>
    public override void Update(in ParameterUpdate<T> update) => update.Apply(new Rule(
        T.CreateTruncating(update.LearningRate), T.CreateTruncating(Decay), T.CreateTruncating(1 - Decay), T.CreateTruncating(Momentum), T.CreateTruncating(Epsilon)));

    private readonly struct Rule(T rate, T decay, T rest, T momentum, T epsilon) : IUpdateRule<T>
    {
        public void Update(Vector<T> gradient, ref Vector<T> value, ref Vector<T> squares, ref Vector<T> velocity)
        {
            Vector<T> seen = Subnormal<T>.FlushFactor(gradient);
            squares = Subnormal<T>.Flush(decay * squares + rest * seen * seen);
            Vector<T> scaled = seen / (Vector.SquareRoot(squares) + Vector.Create(epsilon));
            velocity = momentum == T.Zero ? scaled : Subnormal<T>.Flush(momentum * velocity + scaled);
            value -= rate * velocity;
        }
    }
}
