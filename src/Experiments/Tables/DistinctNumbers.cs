namespace EE569.Experiments.Tables;

/// <summary>Counts different numbers, up to a limit.</summary>
internal sealed class DistinctNumbers
{
    /// <summary>Counted up to here.</summary>
    public const int Most = 10_000;

    private const int FilterBits = 10;

    private readonly HashSet<int> _seen = [];

    /// <summary>Numbers seen last, by their hash: most columns have few, and are done with a look here.</summary>
    private readonly int[] _filter = new int[1 << FilterBits];

    public int Count => _seen.Count;

    /// <summary>Whether there are more than <see cref="Most"/>.</summary>
    public bool HasMore => _seen.Count > Most;

    /// <summary>Counts a number; false when there are more than can be counted.</summary>
    public bool Add(float value)
    {
        // +0 makes one of both zeros; the bits of no number are NaN's, which is never added, so that the filter's zeros mean nothing else.
        int bits = ~BitConverter.SingleToInt32Bits(value + 0f);
        ref int slot = ref _filter[(uint)(bits * -1640531527) >> (32 - FilterBits)];
        if (slot != bits)
        {
            slot = bits;
            _seen.Add(bits);
        }

        return !HasMore;
    }
}
