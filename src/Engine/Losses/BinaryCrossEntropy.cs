namespace EE569.Engine.Losses;

/// <summary>
/// Logistic loss on logits, with the sigmoid inside: -t log p - (1 - t) log(1 - p), p = 1 / (1 + exp(-z)). Targets are labels 0 or 1
/// (one output) or a matrix of probabilities (any number of outputs, whose losses are averaged).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class BinaryCrossEntropy<T> : Loss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Half = T.CreateTruncating(0.5);

    private readonly double _smoothing;
    private Matrix<T> _tails;
    private Matrix<T> _logs;

    /// <summary>Creates the node.</summary>
    /// <param name="logits">Scores, batch x outputs.</param>
    /// <param name="labelSmoothing">In [0, 1): a target t becomes (1 - s) t + s / 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is outside [0, 1).</exception>
    public BinaryCrossEntropy(Node<T> logits, double labelSmoothing = 0)
        : base(logits)
    {
        _smoothing = LabelSmoothing.Checked(labelSmoothing);
        (_tails, _logs) = (new Matrix<T>(0, logits.Width), new Matrix<T>(0, logits.Width));
    }

    /// <inheritdoc/>
    public override int ClassCount => Scores.Width == 1 ? 2 : 0;

    /// <inheritdoc/>
    public override double? UninformedLoss => Math.Log(2);

    /// <inheritdoc/>
    public override void Predict(Matrix<T> scores, Matrix<T> result) =>
        ElementMap.Apply<Sigmoid<T>.Function, T>(scores.Values, result.Values);

    /// <inheritdoc/>
    public override void Check(Targets<T> targets)
    {
        if (targets.Values is { } values)
        {
            targets.CheckValues(Scores.Width, minimum: T.Zero, maximum: T.One);
        }
        else if (Scores.Width != 1)
        {
            throw new ArgumentException($"Labels 0 and 1 suit one output, not {Scores.Width}; give a matrix of targets instead.", nameof(targets));
        }
        else
        {
            targets.CheckLabels(2);
        }
    }

    // -t log p - (1 - t) log(1 - p) = log(1 + exp(z)) - t z, which for z > 0 is (1 - t) z + log(1 + exp(-z)), else -t z + log(1 + exp(z)):
    // nothing overflows, and no term is negative, so that none cancels another.

    /// <inheritdoc/>
    protected override double Sum(Targets<T> targets, ReadOnlySpan<T> shares)
    {
        ReadOnlySpan<T> z = Scores.Value.Values;
        _tails.SetRows(Scores.Rows);
        _logs.SetRows(Scores.Rows);
        ElementMap.Apply<Tail, T>(z, _tails.Values);
        ElementMap.Apply<LogP1, T>(_tails.Values, _logs.Values);

        ReadOnlySpan<T> log = _logs.Values;
        int width = Scores.Width;
        double sum = 0;
        for (int row = 0, i = 0; row < shares.Length; row++)
        {
            double rowSum = 0;
            for (int end = i + width; i < end; i++)
            {
                (double positive, double negative) = Target(targets, row, i);
                double score = double.CreateTruncating(z[i]);
                rowSum += score * (score > 0 ? negative : -positive) + double.CreateTruncating(log[i]);
            }

            sum += shares[row] == T.Zero ? 0 : double.CreateTruncating(shares[row]) * rowSum;
        }

        return sum / width;
    }

    // d/dz (log(1 + exp(z)) - t z) = p - t = p (1 - t) - (1 - p) t, where e = exp(-|z|), p = 1 / (1 + e) for z > 0 and e / (1 + e) else.

    /// <inheritdoc/>
    protected override void AddGradient(Targets<T> targets, ReadOnlySpan<T> shares, Matrix<T> gradient)
    {
        ReadOnlySpan<T> z = Scores.Value.Values;
        ReadOnlySpan<T> tail = _tails.Values;
        Span<T> dz = gradient.Values;
        int width = Scores.Width;
        for (int row = 0, i = 0; row < shares.Length; row++)
        {
            double share = double.CreateTruncating(shares[row]) / width;
            for (int end = i + width; i < end; i++)
            {
                (double positive, double negative) = Target(targets, row, i);
                double e = double.CreateTruncating(tail[i]);
                double difference = z[i] > T.Zero ? negative - e * positive : e * negative - positive;
                dz[i] += T.CreateTruncating(share * (difference / (1 + e)));
            }
        }
    }

    /// <inheritdoc/>
    protected override void Measure(Metric metric, Matrix<T> outputs, bool arePredictions)
    {
        ReadOnlySpan<T> values = outputs.Values;
        T threshold = arePredictions ? Half : T.Zero;
        for (int i = 0; i < values.Length; i++)
        {
            int row = i / Scores.Width;
            metric.Add(Targets!.Weight(row), targets(row, i) > Half ? 1 : 0, values[i] > threshold ? 1 : 0, classes: 2);
        }

        T targets(int row, int i) => Targets!.Values is { } values ? values.Values[i] : T.CreateTruncating(Targets.Labels[row]);
    }

    /// <inheritdoc/>
    protected override void OwnBuffers()
    {
        base.OwnBuffers();
        (_tails, _logs) = (new Matrix<T>(0, Scores.Width), new Matrix<T>(0, Scores.Width));
    }

    /// <summary>The smoothed target t and 1 - t, both without cancellation.</summary>
    private (double Positive, double Negative) Target(Targets<T> targets, int row, int i)
    {
        double target = targets.Values is { } values ? double.CreateTruncating(values.Values[i]) : targets.Labels[row];
        double half = 0.5 * _smoothing;
        return ((1 - _smoothing) * target + half, (1 - _smoothing) * (1 - target) + half);
    }

    /// <summary>exp(-|z|).</summary>
    private readonly struct Tail : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> z, Vector<double> ignored) => VectorMath.Exp<T>(-Vector.Abs(z));
    }

    private readonly struct LogP1 : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> x, Vector<double> ignored) => VectorMath.LogP1<T>(x);
    }
}
