namespace EE569.Engine.Optimizers;

/// <summary>
/// Adaptive moments (Kingma and Ba, 2015): m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2,
/// p -= lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="beta1">Decay of the mean, in [0, 1).</param>
/// <param name="beta2">Decay of the mean square, in [0, 1).</param>
/// <param name="epsilon">eps, above 0.</param>
public class Adam<T>(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) : Optimizer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Decay of the mean.</summary>
    public double Beta1 { get; } = InRange(beta1, 0, 1, nameof(beta1));

    /// <summary>Decay of the mean square.</summary>
    public double Beta2 { get; } = InRange(beta2, 0, 1, nameof(beta2));

    /// <summary>What is added to the root.</summary>
    public double Epsilon { get; } = InRange(epsilon, double.Epsilon, double.PositiveInfinity, nameof(epsilon));

    /// <inheritdoc/>
    public sealed override int Slots => 2;

    /// <summary>Decoupled decay of the parameters, a share of the learning rate.</summary>
    private protected virtual double Decay => 0;

    /// <inheritdoc/>
    public sealed override void Update(in ParameterUpdate<T> update)
    {
        double correction1 = 1 - Math.Pow(Beta1, update.Step);
        double correction2 = 1 - Math.Pow(Beta2, update.Step);
        var rule = new Rule(
            kept: T.CreateTruncating(1 - update.LearningRate * (Decay * update.DecayFactor)),
            rate: T.CreateTruncating(update.LearningRate / correction1),
            beta1: T.CreateTruncating(Beta1),
            rest1: T.CreateTruncating(1 - Beta1),
            beta2: T.CreateTruncating(Beta2),
            rest2: T.CreateTruncating(1 - Beta2),
            rootScale: T.CreateTruncating(1 / Math.Sqrt(correction2)),
            epsilon: T.CreateTruncating(Epsilon));
        if (SkipsZeroGradients)
        {
            update.Apply(new RestingRule(rule));
        }
        else
        {
            update.Apply(rule);
        }
    }

    private readonly struct Rule(T kept, T rate, T beta1, T rest1, T beta2, T rest2, T rootScale, T epsilon) : IUpdateRule<T>
    {
        public void Update(Vector<T> gradient, ref Vector<T> value, ref Vector<T> mean, ref Vector<T> square)
        {
            Vector<T> seen = Subnormal<T>.FlushFactor(gradient);
            mean = Subnormal<T>.Flush(beta1 * mean + rest1 * seen);
            square = Subnormal<T>.Flush(beta2 * square + rest2 * seen * seen);
            value = kept * value - rate * mean / (rootScale * Vector.SquareRoot(square) + Vector.Create(epsilon));
        }
    }

    private readonly struct RestingRule(Rule rule) : IUpdateRule<T>
    {
        public void Update(Vector<T> gradient, ref Vector<T> value, ref Vector<T> mean, ref Vector<T> square)
        {
            Vector<T> rests = Vector.Equals(gradient, Vector<T>.Zero);
            (Vector<T> newValue, Vector<T> newMean, Vector<T> newSquare) = (value, mean, square);
            rule.Update(gradient, ref newValue, ref newMean, ref newSquare);
            value = Vector.ConditionalSelect(rests, value, newValue);
            mean = Vector.ConditionalSelect(rests, mean, newMean);
            square = Vector.ConditionalSelect(rests, square, newSquare);
        }
    }
}
