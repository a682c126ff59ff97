namespace EE569.Trainers;

/// <summary>Mean and deviation of numbers as they come. They are summed from the first one on, so that a large mean costs no digits.</summary>
internal struct Moments
{
    private double _first;
    private double _sum;
    private double _squares;

    public long Count { get; private set; }

    public double Largest { get; private set; }

    /// <summary>The smallest and the largest number.</summary>
    public (double Low, double High) Range { get; private set; }

    public readonly double Mean => _first + (_sum / Count);

    public readonly double Deviation => Math.Sqrt(Math.Max(0, (_squares / Count) - Math.Pow(_sum / Count, 2)));

    /// <summary>How many deviations lie between the mean and 0; 0 for a constant, which no scaling makes more useful.</summary>
    public readonly double Offset => Deviation > 0 ? Math.Abs(Mean) / Deviation : 0;

    public void Add(double value)
    {
        Range = Count == 0 ? (value, value) : (Math.Min(Range.Low, value), Math.Max(Range.High, value));
        _first = Count++ == 0 ? value : _first;
        double shifted = value - _first;
        _sum += shifted;
        _squares += shifted * shifted;
        Largest = Math.Max(Largest, Math.Abs(value));
    }
}
