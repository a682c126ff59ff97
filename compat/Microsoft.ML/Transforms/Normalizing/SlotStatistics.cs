namespace Microsoft.ML.Transforms;

/// <summary>What a normaliser gathers of one slot of a column. Missing values are left out.</summary>
internal abstract class SlotStatistics
{
    public virtual NormalizerKind Kind => NormalizerKind.Affine;

    /// <summary>Whether the values of the column are in single precision.</summary>
    public bool IsSingle { get; set; }

    public abstract void Add(double value);

    /// <summary>Adds zeros that a sparse vector does not store.</summary>
    public abstract void AddZeros(long count);

    public abstract SlotResult Finish();
}

/// <summary>Scale and offset of an affine normaliser; mean and standard deviation of one by distribution; number of the last bin, offset and bounds of one by bins.</summary>
internal readonly record struct SlotResult(double First, double Second, double[]? Bounds = null);

internal enum NormalizerKind : byte
{
    Affine,
    Cdf,
    LogCdf,
    Bin,
}

/// <summary>Running mean and variance (Welford 1962).</summary>
internal sealed class MeanVarianceStatistics(bool fixZero, bool useCdf, bool useLog) : SlotStatistics
{
    private long _count;
    private double _mean;
    private double _squares;

    public override NormalizerKind Kind => !useCdf ? NormalizerKind.Affine : useLog ? NormalizerKind.LogCdf : NormalizerKind.Cdf;

    public override void Add(double value)
    {
        double x = useLog ? Math.Log(value) : value;
        if (!double.IsFinite(x))
        {
            return;
        }

        _count++;
        double delta = x - _mean;
        _mean += delta / _count;
        _squares += delta * (x - _mean);
    }

    public override void AddZeros(long count)
    {
        if (count > 0 && !useLog)
        {
            long total = _count + count;
            _squares += _mean * _mean * _count * count / total;
            _mean *= (double)_count / total;
            _count = total;
        }
    }

    public override SlotResult Finish()
    {
        double variance = _count > 0 ? _squares / _count : 0;
        if (Kind != NormalizerKind.Affine)
        {
            return new(_mean, Math.Sqrt(variance));
        }

        // A constant carries no information: it becomes zero. With zero fixed, the deviation is taken from zero.
        double deviation = Math.Sqrt(fixZero ? variance + (_mean * _mean) : variance);
        return variance == 0 ? default : new(1 / (IsSingle ? (float)deviation : deviation), fixZero ? 0 : _mean);
    }
}

internal sealed class MinMaxStatistics(bool fixZero) : SlotStatistics
{
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;

    public override void Add(double value)
    {
        if (!double.IsNaN(value))
        {
            _minimum = Math.Min(_minimum, value);
            _maximum = Math.Max(_maximum, value);
        }
    }

    public override void AddZeros(long count)
    {
        if (count > 0)
        {
            Add(0);
        }
    }

    public override SlotResult Finish() =>
        !(_minimum < _maximum) ? default
        : fixZero ? new(1 / Math.Max(Math.Abs(_minimum), Math.Abs(_maximum)), 0)
        : new(1 / (_maximum - _minimum), _minimum);
}

/// <summary>Median, and range times the distance of the two quantile levels: that is how ML.NET scales.</summary>
internal sealed class RobustStatistics(bool centerData, double quantileDistance) : SlotStatistics
{
    private readonly List<double> _values = [];

    public override void Add(double value) => _values.Add(value);

    public override void AddZeros(long count)
    {
        for (long i = 0; i < count; i++)
        {
            _values.Add(0);
        }
    }

    public override SlotResult Finish()
    {
        double[] known = [.. _values.Where(value => !double.IsNaN(value)).Order()];
        if (known.Length == 0)
        {
            return default;
        }

        double scale = 1 / ((known[^1] - known[0]) * quantileDistance);
        double median = known.Length < _values.Count ? double.NaN : (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
        return new(scale, centerData ? median : 0);
    }
}

/// <summary>Bins of about equal numbers of values; their borders lie halfway between two values.</summary>
internal sealed class BinStatistics(bool fixZero, int maximumBinCount) : SlotStatistics
{
    private readonly SortedDictionary<double, long> _counts = [];

    public override NormalizerKind Kind => NormalizerKind.Bin;

    public override void Add(double value)
    {
        if (!double.IsNaN(value))
        {
            _counts[value] = _counts.GetValueOrDefault(value) + 1;
        }
    }

    public override void AddZeros(long count)
    {
        if (count > 0)
        {
            _counts[0] = _counts.GetValueOrDefault(0) + count;
        }
    }

    public override SlotResult Finish()
    {
        double[] values = [.. _counts.Keys];
        long total = _counts.Values.Sum(), seen = 0;
        List<double> bounds = [];
        for (int i = 0; i + 1 < values.Length; i++)
        {
            seen += _counts[values[i]];
            if (values.Length <= maximumBinCount || seen >= (bounds.Count + 1) * total / maximumBinCount)
            {
                bounds.Add((values[i] + values[i + 1]) / 2);
            }
        }

        bounds.Add(double.PositiveInfinity);
        int last = bounds.Count - 1;
        return new(last, fixZero && last > 0 ? (double)NormalizerFunction.BinOf(0, [.. bounds]) / last : 0, [.. bounds]);
    }
}
