namespace EE569.Engine.Data;

/// <summary>Seeded splits of rows into two parts.</summary>
public static class DataSplit
{
    /// <summary>Splits rows at random.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="testFraction">Share of the second part, in [0, 1]; the number of rows is rounded.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <returns>Ascending indices of the two parts.</returns>
    public static (int[] Train, int[] Test) Random(int rows, double testFraction, ulong seed) =>
        Stratified(new int[rows], testFraction, seed);

    /// <summary>Splits rows at random so that every class keeps its share, up to rounding; a class with several rows is in both parts.</summary>
    /// <param name="labels">Class of each row, from 0.</param>
    /// <param name="testFraction">Share of the second part, in [0, 1]; the number of rows of each class is rounded.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <returns>Ascending indices of the two parts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside [0, 1].</exception>
    public static (int[] Train, int[] Test) Stratified(ReadOnlySpan<int> labels, double testFraction, ulong seed)
    {
        if (!(testFraction >= 0 && testFraction <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testFraction), testFraction, "The share must be in [0, 1].");
        }

        var random = SplitMix64.Derive(seed);
        List<int> train = [];
        List<int> test = [];
        foreach (IGrouping<int, int> rowsOfClass in labels.ToArray().Select((label, row) => (label, row)).GroupBy(pair => pair.label, pair => pair.row).OrderBy(g => g.Key))
        {
            int[] rows = [.. rowsOfClass];
            random.Shuffle(rows.AsSpan());
            int taken = (int)TestCount(rows.Length, testFraction);
            test.AddRange(rows[..taken]);
            train.AddRange(rows[taken..]);
        }

        train.Sort();
        test.Sort();
        return ([.. train], [.. test]);
    }

    /// <summary>The size of the second part: the rounded share, but of several rows both parts get one unless the share is 0 or 1.</summary>
    /// <param name="rows">Number of rows, of one class.</param>
    /// <param name="fraction">Share of the second part, in [0, 1].</param>
    public static long TestCount(long rows, double fraction)
    {
        long count = (long)Math.Round(rows * fraction, MidpointRounding.AwayFromZero);
        return fraction is 0 or 1 || rows < 2 ? count : Math.Clamp(count, 1, rows - 1);
    }
}
