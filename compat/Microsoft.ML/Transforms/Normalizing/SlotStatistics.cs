namespace Microsoft.ML.Transforms;

/// <summary>What a normaliser gathers of one slot of a column. Missing values are left out.</summary>
internal abstract class SlotStatistics
{
    public virtual NormalizerKind Kind => NormalizerKind.Affine;

    public abstract void Add(double value);

    /// <summary>Adds zeros that a sparse vector does not store.</summary>
    public abstract void AddZeros(long count);

    /// <summary>Scale and offset of an affine normaliser; mean and standard deviation of one by distribution.</summary>
    public abstract (double First, double Second) Finish();
}

internal enum NormalizerKind : byte
{
    Affine,
    Cdf,
    LogCdf,
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

    public override (double First, double Second) Finish()
    {
        double variance = _count > 0 ? _squares / _count : 0;
        if (Kind != NormalizerKind.Affine)
        {
            return (_mean, Math.Sqrt(variance));
        }

        // A constant carries no information: it becomes zero. With zero fixed, the deviation is taken from zero.
        return variance == 0 ? (0, 0)
            : fixZero ? (1 / Math.Sqrt(variance + (_mean * _mean)), 0)
            : (1 / Math.Sqrt(variance), _mean);
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

    public override (double First, double Second) Finish() =>
        !(_minimum < _maximum) ? (0, 0)
        : fixZero ? (1 / Math.Max(Math.Abs(_minimum), Math.Abs(_maximum)), 0)
        : (1 / (_maximum - _minimum), _minimum);
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

    public override (double First, double Second) Finish()
    {
        double[] known = [.. _values.Where(value => !double.IsNaN(value)).Order()];
        if (known.Length == 0)
        {
            return (0, 0);
        }

        double scale = 1 / ((known[^1] - known[0]) * quantileDistance);
        double median = known.Length < _values.Count ? double.NaN : (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
        return (scale, centerData ? median : 0);
    }
}
