namespace EE569.Engine.Optimizers;

/// <summary>Rates that shrink where gradients were large (Duchi et al., 2011): s += g^2, p -= lr g / (sqrt(s) + eps).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="epsilon">eps, above 0.</param>
public sealed class AdaGrad<T>(double epsilon = 1e-10) : Optimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What is added to the root.</summary>
    public double Epsilon { get; } = InRange(epsilon, double.Epsilon, double.PositiveInfinity, nameof(epsilon));

    /// <inheritdoc/>
    public override int Slots => 1;

    /// <inheritdoc/>
    public override bool SkipsZeroGradients => true;

    /// <inheritdoc/>
    public override void Update(in ParameterUpdate<T> update) => update.Apply(new Rule(T.CreateTruncating(update.LearningRate), T.CreateTruncating(Epsilon)));

    private readonly struct Rule(T rate, T epsilon) : IUpdateRule<T>
    {
        public void Update(Vector<T> gradient, ref Vector<T> value, ref Vector<T> squares, ref Vector<T> unused)
        {
            Vector<T> seen = Subnormal<T>.FlushFactor(gradient);
            squares += seen * seen;
            value -= rate * seen / (Vector.SquareRoot(squares) + Vector.Create(epsilon));
        }
    }
}
