using System.Collections.Concurrent;

namespace EE569.Experiments.Studies;

/// <summary>What a running study has at hand: the user's choices, and a way to run its cells.</summary>
internal sealed class StudyContext(string study, StudyOptions options, CellStore cells, IProgressReporter progress, CancellationToken cancellation)
{
    public StudyOptions Options => options;

    public CancellationToken Cancellation => cancellation;

    /// <summary>The first value for a quick run, the second at the source's size.</summary>
    public T Choose<T>(T quick, T full) => options.Size == StudySize.Quick ? quick : full;

    /// <summary>As many seeds as asked for, derived from the user's.</summary>
    public int[] Seeds(int quick, int full) => [.. Enumerable.Range(0, Choose(quick, full)).Select(i => options.Seed + i)];

    /// <summary>Shows a note beside the progress.</summary>
    public void Note(string note) => progress.Note(study, note);

    /// <summary>
    /// Runs every cell and returns the results in the cells' order. Finished cells are stored at once and not run again when the run is
    /// repeated after a stop. Cells run side by side unless their time is what is measured.
    /// </summary>
    public IReadOnlyList<TResult> RunCells<TCell, TResult>(
        IReadOnlyList<TCell> grid, Func<TCell, string> name, Func<TCell, TResult> run, bool timed = false)
    {
        var results = new TResult[grid.Count];
        progress.Begin(study, grid.Count);
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = timed ? 1 : Environment.ProcessorCount,
        };

        // One cell at a time from the partitioner: cells differ in cost by orders of magnitude.
        try
        {
            Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, grid.Count), EnumerablePartitionerOptions.NoBuffering), parallel, index =>
            {
                string cell = name(grid[index]);
                bool resumed = cells.TryRead(study, cell, out TResult? stored);
                if (resumed)
                {
                    results[index] = stored!;
                }
                else
                {
                    results[index] = run(grid[index]);
                    cancellation.ThrowIfCancellationRequested();
                    cells.Write(study, cell, results[index]);
                }

                progress.CellDone(study, cell, resumed);
            });
        }
        catch (AggregateException exception) when (exception.InnerExceptions is [var only])
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(only);
        }

        return results;
    }
}
