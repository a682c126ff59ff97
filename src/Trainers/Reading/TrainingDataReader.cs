namespace EE569.Trainers.Reading;

/// <summary>Reads training data: once into memory if it fits, else into a temporary file that the training itself streams.</summary>
/// <param name="maximumRowsInMemory">The most examples kept in memory.</param>
/// <param name="validationFraction">The share of the examples set aside.</param>
/// <param name="seed">Decides which.</param>
/// <param name="checkAlive">Called now and then; throws when the user has cancelled.</param>
/// <param name="openTemporary">Opens the temporary file; null for one in the system's folder.</param>
internal sealed class TrainingDataReader(
    int maximumRowsInMemory, double validationFraction, ulong seed, Action checkAlive, Func<FileStream>? openTemporary = null)
{
    /// <summary>Examples drawn from at a time when streamed data is shuffled.</summary>
    private const int ShufflePool = 10_000;

    public TrainingData Read(IDataView data, TrainingColumns columns)
    {
        var store = new ExampleStore(columns, maximumRowsInMemory, data.GetRowCount(), openTemporary ?? SpillFile.OpenTemporary);
        try
        {
            return Read(data, columns, store);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private TrainingData Read(IDataView data, TrainingColumns columns, ExampleStore store)
    {
        var classCounts = new long[Math.Max(1, columns.ClassCount)];
        double[] classTotals = new double[classCounts.Length];
        var scale = new FeatureScale(columns);
        long rows = 0;
        long nonZeros = 0;
        using var cursor = new ExampleCursor(data, columns, checkAlive);
        while (cursor.MoveNext())
        {
            rows++;
            classCounts[cursor.Class]++;
            classTotals[cursor.Class] += cursor.Weight;
            int rowNonZeros = cursor.NonZeros;
            nonZeros += rowNonZeros;
            scale.Add(cursor);
            store.Add(cursor, rowNonZeros);
        }

        if (rows == 0)
        {
            throw new InvalidOperationException($"No valid training instances found ({cursor.Skipped}).");
        }

        store.Complete();
        var split = SplitOf(classCounts);
        double density = nonZeros / ((double)rows * columns.FeatureCount);
        var (train, validation) = store.InMemory is { } collector ? Divide(collector, split) : Stream(data, columns, store.OnDisk, split, density);
        return new TrainingData(columns, train, validation, rows, density < ExampleCollector.DensityThreshold, classTotals, cursor.Skipped, scale, store);
    }

    private ValidationSplit SplitOf(long[] classCounts)
    {
        var split = new ValidationSplit(classCounts, validationFraction, seed);
        if (split.TrainRows == 0 || (validationFraction > 0 && split.ValidationRows == 0))
        {
            throw new InvalidOperationException(
                $"{classCounts.Sum()} examples are too few to set {validationFraction:P0} of them aside: change {nameof(TrainerOptions.ValidationFraction)} or give validation data to Fit.");
        }

        return split;
    }

    private static (DataSource<float> Train, DataSource<float>? Validation) Divide(ExampleCollector collector, ValidationSplit split)
    {
        var all = collector.ToData();
        if (split.ValidationRows == 0)
        {
            return (all, null);
        }

        var isSetAside = split.StartPass();
        var parts = collector.Classes.Select((label, row) => (Row: row, IsSetAside: isSetAside(label))).ToLookup(example => example.IsSetAside, example => example.Row);
        int[] train = [.. parts[false]];
        int[] validation = [.. parts[true]];
        return all is DenseData<float> dense
            ? (dense.Subset(train), dense.Subset(validation))
            : (((SparseData<float>)all).Subset(train), ((SparseData<float>)all).Subset(validation));
    }

    private (DataSource<float> Train, DataSource<float>? Validation) Stream(
        IDataView data, TrainingColumns columns, SpillFile? file, ValidationSplit split, double density)
    {
        return (Part(isSetAside: false, split.TrainRows), split.ValidationRows == 0 ? null : Part(isSetAside: true, split.ValidationRows));

        StreamingData<float> Part(bool isSetAside, long count) => new(columns.FeatureCount, () => Open(isSetAside), Math.Min(maximumRowsInMemory, ShufflePool), count,
            isSparse: density < ExampleCollector.DensityThreshold, targetValues: columns.Task == LearningTask.Regression ? 1 : 0, density: density);

        IRowReader<float> Open(bool wanted)
        {
            var isSetAside = split.StartPass();
            bool IsWanted(int label) => isSetAside(label) == wanted;
            return file is null ? new ViewRowReader(data, columns, checkAlive, IsWanted) : new SpillReader(file, columns.Task, checkAlive, IsWanted);
        }
    }
}
