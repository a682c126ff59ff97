namespace EE569.Trainers.Reading;

/// <summary>
/// Which examples are set aside for validation: the same ones in every pass over the data, whether it is held in memory or streamed. Selection
/// sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S) in each class: while k of its r examples to come are wanted in a part, the next
/// one falls into it with probability k / r. So every class gives each part exactly its share, and a pass remembers a few numbers a class.
/// </summary>
internal sealed class ValidationSplit
{
    private readonly long[][] _parts; // examples of each class in each part
    private readonly int _chosen;
    private readonly ulong _seed;

    private ValidationSplit(IEnumerable<long[]> parts, int chosen, ulong seed) => (_parts, _chosen, _seed) = ([.. parts], chosen, seed);

    /// <summary>A share of the examples.</summary>
    /// <param name="classCounts">Examples per class; one number where there are no classes.</param>
    /// <param name="fraction">The share of each class.</param>
    /// <param name="seed">Decides which examples.</param>
    public static ValidationSplit OfFraction(IReadOnlyList<long> classCounts, double fraction, ulong seed) =>
        new(classCounts.Select(count => (long[])[DataSplit.TestCount(count, fraction), count - DataSplit.TestCount(count, fraction)]), 0, seed);

    /// <summary>A part of several as large: the examples are dealt out class after class, as many as there are of each.</summary>
    /// <param name="classCounts">Examples per class; one number where there are no classes.</param>
    /// <param name="folds">Parts.</param>
    /// <param name="fold">Which, from 0.</param>
    /// <param name="seed">Decides which examples.</param>
    public static ValidationSplit OfFold(IReadOnlyList<long> classCounts, int folds, int fold, ulong seed)
    {
        return new(classCounts.Select((count, label) =>
        {
            long before = classCounts.Take(label).Sum();
            return Enumerable.Range(0, folds).Select(part => Dealt(before + count, part) - Dealt(before, part)).ToArray();
        }), fold, seed);

        long Dealt(long examples, int part) => (examples + folds - 1 - part) / folds;
    }

    /// <summary>Whether enough rows are set aside to tell when to stop.</summary>
    public bool IsWorthwhile => ValidationRows >= 10 && TrainRows > 0;

    public long ValidationRows => _parts.Sum(parts => parts[_chosen]);

    public long TrainRows => _parts.Sum(parts => parts.Sum()) - ValidationRows;

    /// <summary>Starts a pass: asked with the class of each example in turn, the result says whether it is set aside.</summary>
    public Predicate<int> StartPass()
    {
        long[][] wanted = [.. _parts.Select(parts => (long[])parts.Clone())];
        long[] toCome = [.. _parts.Select(parts => parts.Sum())];
        var random = SplitMix64.Derive(_seed);
        return label =>
        {
            long[] parts = wanted[label];
            bool isOpen = parts.AsSpan(..^1).ContainsAnyExcept(0);
            double place = isOpen ? random.NextDouble() * toCome[label] : 0;
            int part = isOpen ? 0 : parts.Length - 1;
            toCome[label]--;
            while (part < parts.Length - 1 && place >= parts[part])
            {
                place -= parts[part++];
            }

            parts[part]--;
            return part == _chosen;
        };
    }
}
