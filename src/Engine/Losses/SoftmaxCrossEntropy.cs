using System.Buffers;

namespace EE569.Engine.Losses;

/// <summary>
/// Cross-entropy on logits, with the softmax inside: -sum_c t_c log p_c, p = exp(z) / sum exp(z). Targets are class indices, or rows of
/// probabilities that sum to 1.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SoftmaxCrossEntropy<T> : Loss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double _smoothing;
    private Matrix<T> _exponentials;
    private int[] _largest = [];
    private double[] _others = [];

    /// <summary>Creates the node.</summary>
    /// <param name="logits">Scores, batch x classes.</param>
    /// <param name="labelSmoothing">In [0, 1): a target t becomes (1 - s) t + s / classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is outside [0, 1).</exception>
    public SoftmaxCrossEntropy(Node<T> logits, double labelSmoothing = 0)
        : base(logits)
    {
        _smoothing = LabelSmoothing.Checked(labelSmoothing);
        _exponentials = new Matrix<T>(0, logits.Width);
    }

    /// <inheritdoc/>
    public override int ClassCount => Scores.Width;

    /// <inheritdoc/>
    public override double? UninformedLoss => Math.Log(Scores.Width);

    /// <inheritdoc/>
    public override void Predict(Matrix<T> scores, Matrix<T> result)
    {
        T[] maxima = ArrayPool<T>.Shared.Rent(scores.Values.Length); // The result may be the scores.
        Exponentiate(scores, maxima.AsSpan(0, scores.Values.Length), result.Values);
        ArrayPool<T>.Shared.Return(maxima);
        for (int row = 0; row < result.Rows; row++)
        {
            Span<T> p = result.Row(row);
            double scale = 1 / Total(p);
            foreach (ref T item in p)
            {
                item = T.CreateTruncating(double.CreateTruncating(item) * scale);
            }
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
            double sum = Total(targets.Values.Row(row));
            if (Math.Abs(sum - 1) > 1e-3)
            {
                throw new ArgumentException($"Row {row}: the target probabilities sum to {sum}, not to 1.", nameof(targets));
            }
        }
    }

    // With m = max z, e_c = exp(z_c - m) and S = sum e: -log p_c = log S + (m - z_c), hence loss = log S + sum_c t_c (m - z_c). The largest e is
    // exp(0) = 1, so that nothing overflows. With R the sum of the others log S = log(1 + R), exact even where S rounds to 1. No term is negative.

    /// <inheritdoc/>
    protected override double Sum(Targets<T> targets, ReadOnlySpan<T> shares)
    {
        _exponentials.SetRows(Scores.Rows);
        Exponentiate(Scores.Value, _exponentials.Values, _exponentials.Values);
        if (_others.Length < shares.Length)
        {
            (_largest, _others) = (new int[shares.Length], new double[shares.Length]);
        }

        double sum = 0;
        for (int row = 0; row < shares.Length; row++)
        {
            ReadOnlySpan<T> e = _exponentials.Row(row);
            int first = _largest[row] = Largest(Scores.Value.Row(row));
            _others[row] = Total(e[..first]) + Total(e[(first + 1)..]);
            double loss = LogP1(_others[row]) + ExpectedDistance(targets, row, Scores.Value.Row(row), first);
            sum += shares[row] == T.Zero ? 0 : double.CreateTruncating(shares[row]) * loss;
        }

        return sum;
    }

    // d/dz_c (log sum exp(z) - sum_c t_c z_c) = p_c - t_c, since the targets sum to 1. That is p_c (1 - t_c) - (1 - p_c) t_c, with p_c = e_c / S
    // and 1 - p_c = (S - e_c) / S, where S - e_c is R for the largest class and has no cancellation for another.

    /// <inheritdoc/>
    protected override void AddGradient(Targets<T> targets, ReadOnlySpan<T> shares, Matrix<T> gradient)
    {
        double even = _smoothing / Scores.Width;
        for (int row = 0; row < shares.Length; row++)
        {
            ReadOnlySpan<T> exponential = _exponentials.Row(row);
            ReadOnlySpan<T> values = targets.Values is { } matrix ? matrix.Row(row) : default;
            int label = values.IsEmpty ? targets.Labels[row] : 0;
            double total = 1 + _others[row];
            double scale = double.CreateTruncating(shares[row]) / total;
            Span<T> dz = gradient.Row(row);
            for (int c = 0; c < dz.Length; c++)
            {
                double target = !values.IsEmpty ? double.CreateTruncating(values[c]) : c == label ? 1 : 0;
                double e = double.CreateTruncating(exponential[c]);
                double rest = c == _largest[row] ? _others[row] : total - e;
                double wanted = (1 - _smoothing) * target + even;
                double unwanted = (1 - _smoothing) * (1 - target) + (_smoothing - even);
                dz[c] += T.CreateTruncating(scale * (e * unwanted - rest * wanted));
            }
        }
    }

    /// <inheritdoc/>
    protected override void Measure(Metric metric, Matrix<T> outputs, bool arePredictions)
    {
        for (int row = 0; row < outputs.Rows; row++)
        {
            int label = Targets!.Values is { } values ? Largest(values.Row(row)) : Targets.Labels[row];
            metric.Add(Targets.Weight(row), label, Largest(outputs.Row(row)), outputs.Columns);
        }
    }

    /// <inheritdoc/>
    protected override void OwnBuffers()
    {
        base.OwnBuffers();
        (_exponentials, _largest, _others) = (new Matrix<T>(0, Scores.Width), [], []);
    }

    /// <summary>sum_c t_c (m - z_c) with the smoothed targets.</summary>
    private double ExpectedDistance(Targets<T> targets, int row, ReadOnlySpan<T> z, int first)
    {
        double m = double.CreateTruncating(z[first]);
        double expected = 0;
        if (targets.Values is null)
        {
            expected = m - double.CreateTruncating(z[targets.Labels[row]]);
        }
        else
        {
            ReadOnlySpan<T> t = targets.Values.Row(row);
            for (int c = 0; c < z.Length; c++)
            {
                expected += double.CreateTruncating(t[c]) * (m - double.CreateTruncating(z[c]));
            }
        }

        if (_smoothing == 0)
        {
            return expected;
        }

        double sum = 0;
        foreach (T score in z)
        {
            sum += m - double.CreateTruncating(score);
        }

        return (1 - _smoothing) * expected + _smoothing * sum / z.Length;
    }

    /// <summary>exp(z - max z) for each row.</summary>
    /// <param name="scores">The scores z.</param>
    /// <param name="maxima">As many numbers, which are overwritten; not the scores.</param>
    /// <param name="result">As many; may be the scores or the maxima.</param>
    private static void Exponentiate(Matrix<T> scores, Span<T> maxima, Span<T> result)
    {
        for (int row = 0; row < scores.Rows; row++)
        {
            ReadOnlySpan<T> z = scores.Row(row);
            maxima.Slice(row * z.Length, z.Length).Fill(z[Largest(z)]);
        }

        ElementMap.Apply<ExpOfDifference, T>(scores.Values, maxima, result);
    }

    /// <summary>log(1 + x) for x not below 0: the rounding error of u = 1 + x is undone by x / (u - 1) (Kahan).</summary>
    private static double LogP1(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * (x / (u - 1));
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

    private static double Total(ReadOnlySpan<T> items)
    {
        double total = 0;
        foreach (T item in items)
        {
            total += double.CreateTruncating(item);
        }

        return total;
    }

    /// <summary>exp(a - b) for b not below a, with the difference's rounding error (Knuth's two-sum).</summary>
    private readonly struct ExpOfDifference : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> a, Vector<double> b)
        {
            Vector<double> difference = a - b;
            if (typeof(T) != typeof(double))
            {
                return VectorMath.Exp<T>(difference);
            }

            Vector<double> subtracted = difference - a;
            return VectorMath.Exp<T>(difference, a - (difference - subtracted) - (b + subtracted));
        }
    }
}
