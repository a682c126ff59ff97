namespace EE569.Trainers.Reading;

/// <summary>
/// Keeps examples in memory while they are few, in a temporary file once they are many, and not at all if there is no room for it: then
/// every epoch reads the view again.
/// </summary>
/// <param name="columns">The columns read.</param>
/// <param name="maximumRowsInMemory">The most examples kept in memory.</param>
/// <param name="expectedRows">How many examples there may be; null if that is not known.</param>
/// <param name="openTemporary">Opens the file.</param>
internal sealed class ExampleStore(TrainingColumns columns, int maximumRowsInMemory, long? expectedRows, Func<FileStream> openTemporary) : IDisposable
{
    /// <summary>The examples in memory, if they fit.</summary>
    public ExampleCollector? InMemory { get; private set; } = new(columns, (int)Math.Min(expectedRows ?? 0, maximumRowsInMemory));

    /// <summary>The examples on disk, if they are too many for memory.</summary>
    public SpillFile? OnDisk { get; private set; }

    /// <summary>Why the examples could not be written, if so.</summary>
    public string? Failure { get; private set; }

    public void Add(ExampleCursor example, int nonZeros)
    {
        if (InMemory is not null && (InMemory.Rows == maximumRowsInMemory || InMemory.IsFull))
        {
            Spill(InMemory);
            InMemory = null;
        }

        InMemory?.Add(example, nonZeros);
        Try(static (file, row) => file.Add(in row.Features, row.Label, row.Weight), example);
    }

    /// <summary>Forgets the examples in memory.</summary>
    public void Release() => InMemory = null;

    /// <summary>Ends the writing.</summary>
    public void Complete() => Try(static (file, _) => file.Complete(), this);

    public void Dispose() => OnDisk?.Dispose();

    private void Spill(ExampleCollector collector)
    {
        try
        {
            OnDisk = new SpillFile(openTemporary(), columns.FeatureCount);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Failure = exception.Message;
        }

        Try(static (file, rows) => rows.WriteTo(file), collector);
    }

    private void Try<TRows>(Action<SpillFile, TRows> write, TRows rows)
    {
        if (OnDisk is null)
        {
            return;
        }

        try
        {
            write(OnDisk, rows);
        }
        catch (IOException exception)
        {
            Failure = exception.Message;
            OnDisk.Dispose();
            OnDisk = null;
        }
    }
}
