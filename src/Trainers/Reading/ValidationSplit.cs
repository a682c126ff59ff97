namespace EE569.Trainers.Reading;

/// <summary>
/// Which examples are set aside for validation: the same ones in every pass over the data, whether it is held in memory or streamed. Selection
/// sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S) in each class: while k of its r examples to come are wanted, the next
/// one is taken with probability k / r. So every class gives exactly its share, and a pass remembers two numbers a class.
/// </summary>
/// <param name="classCounts">Examples per class; one number where there are no classes.</param>
/// <param name="fraction">The share of each class.</param>
/// <param name="seed">Decides which examples.</param>
internal sealed class ValidationSplit(IReadOnlyList<long> classCounts, double fraction, ulong seed)
{
    private readonly long[] _wanted = [.. classCounts.Select(count => DataSplit.TestCount(count, fraction))];

    public long ValidationRows => _wanted.Sum();

    public long TrainRows => classCounts.Sum() - ValidationRows;

    /// <summary>Starts a pass: asked with the class of each example in turn, the result says whether it is set aside.</summary>
    public Predicate<int> StartPass()
    {
        long[] toCome = [.. classCounts];
        long[] wanted = [.. _wanted];
        var random = SplitMix64.Derive(seed);
        return label =>
        {
            bool taken = wanted[label] > 0 && random.NextDouble() * toCome[label] < wanted[label];
            toCome[label]--;
            wanted[label] -= taken ? 1 : 0;
            return taken;
        };
    }
}
