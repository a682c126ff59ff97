namespace EE569.Trainers.Preparation;

/// <summary>What is counted of a column's texts that are not empty.</summary>
internal sealed class TextProfile
{
    private const int DistinctLimit = 10_000;
    private readonly Dictionary<string, int> _counts = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private long _words;

    public TextProfile() => _lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();

    public long Count { get; private set; }

    public bool More { get; private set; }

    public int Distinct => _counts.Count;

    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Different values among the rows up to the last new one that was counted.</summary>
    public double DistinctShare { get; private set; }

    public double WordsPerValue => _words / (double)long.Max(1, Count);

    public void Add(ReadOnlySpan<char> value)
    {
        Count++;
        foreach (var word in value.Split(' '))
        {
            _words += word.End.Value > word.Start.Value ? 1 : 0;
        }

        if (_lookup.TryGetValue(value, out int count))
        {
            _lookup[value] = count + 1;
        }
        else if (_counts.Count < DistinctLimit)
        {
            _lookup[value] = 1;
        }
        else
        {
            More = true;
        }

        if (!More)
        {
            DistinctShare = _counts.Count / (double)Count;
        }
    }
}
