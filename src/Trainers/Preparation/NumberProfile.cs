namespace EE569.Trainers.Preparation;

/// <summary>What is counted of a column's finite numbers.</summary>
internal sealed class NumberProfile
{
    private const int SampleSize = 50_000;

    /// <summary>So many values are told apart once one has come twice; numbers of rows are told apart to the end.</summary>
    public const int DistinctLimit = 1000;

    private readonly HashSet<float> _distinct = [];
    private SplitMix64 _random = new(569);
    private float _last;
    private readonly List<float> _sample = [];

    public long Count { get; private set; }

    public float Min { get; private set; } = float.PositiveInfinity;

    public float Max { get; private set; } = float.NegativeInfinity;

    public int Distinct => _distinct.Count;

    public bool More { get; private set; }

    public bool AllWhole { get; private set; } = true;

    /// <summary>Whether each is above the one before.</summary>
    public bool AllRising { get; private set; } = true;

    /// <summary>Different ones among those up to the last new one that was counted.</summary>
    public double DistinctShare { get; private set; }

    public void Add(float value)
    {
        Count++;
        AllRising = AllRising && (Count == 1 || value > _last);
        _last = value;
        Min = float.Min(Min, value);
        Max = float.Max(Max, value);
        AllWhole = AllWhole && float.IsInteger(value);
        if (!More && !_distinct.Contains(value))
        {
            More = _distinct.Count >= DistinctLimit && !(AllWhole && _distinct.Count == Count - 1);
            if (!More)
            {
                _distinct.Add(value);
            }
        }

        DistinctShare = More ? DistinctShare : Distinct / (double)Count;

        // A sample of all values so far, each as likely (Vitter's algorithm R).
        if (_sample.Count < SampleSize)
        {
            _sample.Add(value);
        }
        else if ((long)(_random.NextDouble() * Count) is var place && place < SampleSize)
        {
            _sample[(int)place] = value;
        }
    }

    public (float Center, float Width) Scale() => Count == 0 ? (0, 1)
        : Distinct == 2 && !More ? NumberScale.OfTwo(Min, Max)
        : NumberScale.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_sample), Min, Max);
}
