using System.Numerics;
using EE569.Engine.Data;
using EE569.Engine.Kernels;

namespace EE569.Engine.Nodes;

/// <summary>
/// Cross-entropy on logits, with the softmax inside: -sum_c t_c log p_c, p = exp(z) / sum exp(z). Targets are class indices, or rows of
/// probabilities that sum to 1.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SoftmaxCrossEntropy<T> : Loss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T smoothing;
    private readonly Matrix<T> probabilities;

    /// <summary>Creates the node.</summary>
    /// <param name="logits">Scores, batch x classes.</param>
    /// <param name="labelSmoothing">In [0, 1): a target t becomes (1 - s) t + s / classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is outside [0, 1).</exception>
    public SoftmaxCrossEntropy(Node<T> logits, double labelSmoothing = 0)
        : base(logits)
    {
        smoothing = T.CreateTruncating(LabelSmoothing.Checked(labelSmoothing));
        probabilities = new Matrix<T>(0, logits.Width);
    }

    /// <inheritdoc/>
    public override int ClassCount => Scores.Width;

    /// <inheritdoc/>
    public override double? UninformedLoss => Math.Log(Scores.Width);

    /// <inheritdoc/>
    public override void Predict(Matrix<T> scores, Matrix<T> result)
    {
        Centre(scores, result);
        VectorMath.Exp<T>(result.Values, result.Values);
        for (int row = 0; row < result.Rows; row++)
        {
            Span<T> p = result.Row(row);
            Scale(p, T.One / Total(p));
        }
    }

    /// <inheritdoc/>
    public override void Check(Targets<T> targets)
    {
        if (targets.Values is null)
        {
            targets.CheckLabels(Scores.Width);
            return;
        }

        targets.CheckValues(Scores.Width, minimum: T.Zero, maximum: T.One);
        for (int row = 0; row < targets.Rows; row++)
        {
            double sum = double.CreateTruncating(Total(targets.Values.Row(row)));
            if (Math.Abs(sum - 1) > 1e-3)
            {
                throw new ArgumentException($"Row {row}: the target probabilities sum to {sum}, not to 1.", nameof(targets));
            }
        }
    }

    // With m = max z and S = sum_c exp(z_c - m): -log p_c = log S - (z_c - m), hence loss = log S - sum_c t_c (z_c - m).
    // The largest term of S is exp(0) = 1, so that nothing overflows and log S is finite.

    /// <inheritdoc/>
    protected override double Sum(Targets<T> targets, ReadOnlySpan<T> shares)
    {
        probabilities.SetRows(Scores.Rows);
        Centre(Scores.Value, probabilities);
        double sum = 0;
        for (int row = 0; row < shares.Length; row++)
        {
            T expected = ExpectedScore(targets, row, probabilities.Row(row));
            sum -= shares[row] == T.Zero ? 0 : double.CreateTruncating(shares[row] * expected);
        }

        VectorMath.Exp<T>(probabilities.Values, probabilities.Values);
        for (int row = 0; row < shares.Length; row++)
        {
            Span<T> p = probabilities.Row(row);
            T total = Total(p);
            sum += shares[row] == T.Zero ? 0 : double.CreateTruncating(shares[row] * T.Log(total));
            Scale(p, T.One / total);
        }

        return sum;
    }

    // d/dz_c (log sum exp(z) - sum_c t_c z_c) = p_c - t_c, since the targets sum to 1.

    /// <inheritdoc/>
    protected override void AddGradient(Targets<T> targets, ReadOnlySpan<T> shares, Matrix<T> gradient)
    {
        T even = smoothing / T.CreateTruncating(Scores.Width);
        T kept = T.One - smoothing;
        for (int row = 0; row < shares.Length; row++)
        {
            T share = shares[row];
            ReadOnlySpan<T> p = probabilities.Row(row);
            Span<T> dz = gradient.Row(row);
            for (int c = 0; c < dz.Length; c++)
            {
                dz[c] += share * (p[c] - even);
            }

            if (targets.Values is null)
            {
                dz[targets.Labels[row]] -= share * kept;
                continue;
            }

            ReadOnlySpan<T> t = targets.Values.Row(row);
            for (int c = 0; c < dz.Length; c++)
            {
                dz[c] -= share * kept * t[c];
            }
        }
    }

    /// <inheritdoc/>
    public override void Measure(Metric metric)
    {
        for (int row = 0; row < Scores.Rows; row++)
        {
            int label = Targets!.Values is { } values ? Largest(values.Row(row)) : Targets.Labels[row];
            metric.Add(Targets.Weight(row), Largest(Scores.Value.Row(row)) == label);
        }
    }

    /// <summary>sum_c t_c z_c with the smoothed targets.</summary>
    private T ExpectedScore(Targets<T> targets, int row, ReadOnlySpan<T> z)
    {
        T expected = T.Zero;
        if (targets.Values is null)
        {
            expected = z[targets.Labels[row]];
        }
        else
        {
            ReadOnlySpan<T> t = targets.Values.Row(row);
            for (int c = 0; c < z.Length; c++)
            {
                expected += t[c] * z[c];
            }
        }

        return smoothing == T.Zero ? expected : (T.One - smoothing) * expected + smoothing * Total(z) / T.CreateTruncating(z.Length);
    }

    private static void Centre(Matrix<T> scores, Matrix<T> result)
    {
        for (int row = 0; row < scores.Rows; row++)
        {
            ReadOnlySpan<T> z = scores.Row(row);
            Span<T> centred = result.Row(row);
            T maximum = z[Largest(z)];
            for (int c = 0; c < z.Length; c++)
            {
                centred[c] = z[c] - maximum;
            }
        }
    }

    private static int Largest(ReadOnlySpan<T> items)
    {
        int largest = 0;
        for (int c = 1; c < items.Length; c++)
        {
            largest = items[c] > items[largest] ? c : largest;
        }

        return largest;
    }

    private static T Total(ReadOnlySpan<T> items)
    {
        T total = T.Zero;
        foreach (T item in items)
        {
            total += item;
        }

        return total;
    }

    private static void Scale(Span<T> items, T factor)
    {
        foreach (ref T item in items)
        {
            item *= factor;
        }
    }
}
