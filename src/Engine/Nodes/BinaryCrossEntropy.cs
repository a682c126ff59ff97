using System.Numerics;
using System.Numerics.Tensors;
using EE569.Engine.Data;
using EE569.Engine.Kernels;

namespace EE569.Engine.Nodes;

/// <summary>
/// Logistic loss on logits, with the sigmoid inside: -t log p - (1 - t) log(1 - p), p = 1 / (1 + exp(-z)). Targets are labels 0 or 1
/// (one output) or a matrix of probabilities (any number of outputs, whose losses are averaged).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class BinaryCrossEntropy<T> : Loss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Half = T.CreateTruncating(0.5);

    private readonly T smoothing;
    private readonly Matrix<T> tails;
    private readonly Matrix<T> logs;

    /// <summary>Creates the node.</summary>
    /// <param name="logits">Scores, batch x outputs.</param>
    /// <param name="labelSmoothing">In [0, 1): a target t becomes (1 - s) t + s / 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is outside [0, 1).</exception>
    public BinaryCrossEntropy(Node<T> logits, double labelSmoothing = 0)
        : base(logits)
    {
        smoothing = T.CreateTruncating(LabelSmoothing.Checked(labelSmoothing));
        (tails, logs) = (new Matrix<T>(0, logits.Width), new Matrix<T>(0, logits.Width));
    }

    /// <inheritdoc/>
    public override int ClassCount => Scores.Width == 1 ? 2 : 0;

    /// <inheritdoc/>
    public override double? UninformedLoss => Math.Log(2);

    /// <inheritdoc/>
    public override void Predict(Matrix<T> scores, Matrix<T> result) => VectorMath.Sigmoid(scores.Values, result.Values);

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

    // -t log p - (1 - t) log(1 - p) = log(1 + exp(z)) - t z = max(z, 0) - t z + log(1 + exp(-|z|)): nothing overflows.

    /// <inheritdoc/>
    protected override double Sum(Targets<T> targets, ReadOnlySpan<T> shares)
    {
        ReadOnlySpan<T> z = Scores.Value.Values;
        tails.SetRows(Scores.Rows);
        logs.SetRows(Scores.Rows);
        TensorPrimitives.Abs(z, tails.Values);
        TensorPrimitives.Negate(tails.Values, tails.Values);
        VectorMath.Exp<T>(tails.Values, tails.Values);
        TensorPrimitives.LogP1<T>(tails.Values, logs.Values);

        ReadOnlySpan<T> log = logs.Values;
        int width = Scores.Width;
        double sum = 0;
        for (int row = 0, i = 0; row < shares.Length; row++)
        {
            T rowSum = T.Zero;
            for (int end = i + width; i < end; i++)
            {
                rowSum += T.Max(z[i], T.Zero) - Target(targets, row, i) * z[i] + log[i];
            }

            sum += shares[row] == T.Zero ? 0 : double.CreateTruncating(shares[row] * rowSum);
        }

        return sum / width;
    }

    // d/dz (log(1 + exp(z)) - t z) = p - t.

    /// <inheritdoc/>
    protected override void AddGradient(Targets<T> targets, ReadOnlySpan<T> shares, Matrix<T> gradient)
    {
        ReadOnlySpan<T> z = Scores.Value.Values;
        ReadOnlySpan<T> tail = tails.Values;
        Span<T> dz = gradient.Values;
        int width = Scores.Width;
        for (int row = 0, i = 0; row < shares.Length; row++)
        {
            T share = shares[row] / T.CreateTruncating(width);
            for (int end = i + width; i < end; i++)
            {
                T p = (z[i] >= T.Zero ? T.One : tail[i]) / (T.One + tail[i]);
                dz[i] += share * (p - Target(targets, row, i));
            }
        }
    }

    /// <inheritdoc/>
    public override void Measure(Metric metric)
    {
        ReadOnlySpan<T> z = Scores.Value.Values;
        for (int i = 0; i < z.Length; i++)
        {
            int row = i / Scores.Width;
            bool isPositive = targets(row, i) > Half;
            metric.Add(Targets!.Weight(row), (z[i] > T.Zero) == isPositive);
        }

        T targets(int row, int i) => Targets!.Values is { } values ? values.Values[i] : T.CreateTruncating(Targets.Labels[row]);
    }

    private T Target(Targets<T> targets, int row, int i)
    {
        T target = targets.Values is { } values ? values.Values[i] : T.CreateTruncating(targets.Labels[row]);
        return target + smoothing * (Half - target);
    }
}
