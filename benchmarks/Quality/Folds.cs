using EE569.Engine.Random;

namespace EE569.Benchmarks.Quality;

/// <summary>Deals rows out to folds: the same for all learners, every class (or range of the number) to each fold alike.</summary>
internal static class Folds
{
    /// <summary>The most groups of like numbers that are dealt out one after the other.</summary>
    private const int Ranges = 10;

    /// <summary>Splits rows into the fold and the others.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">Rows to split.</param>
    /// <param name="count">Number of folds.</param>
    /// <param name="fold">Number of the fold, from 0.</param>
    /// <param name="seed">Of the order in which rows are dealt out.</param>
    public static (int[] Others, int[] Fold) Split(QualityTable table, int[] rows, int count, int fold, int seed)
    {
        int[] order = [.. rows];
        new SplitMix64((ulong)seed).Shuffle(order.AsSpan());
        order = table.Entry.Task == TableTask.Regression
            ? [.. order.OrderBy(row => table.Labels[row]).Chunk(Math.Max(count, (order.Length + Ranges - 1) / Ranges)).SelectMany(chunk => Shuffled(chunk, seed))]
            : [.. order.OrderBy(row => table.Labels[row])];
        return ([.. order.Where((_, place) => place % count != fold).Order()], [.. order.Where((_, place) => place % count == fold).Order()]);
    }

    private static int[] Shuffled(int[] rows, int seed)
    {
        new SplitMix64((ulong)seed + 1).Shuffle(rows.AsSpan());
        return rows;
    }
}
