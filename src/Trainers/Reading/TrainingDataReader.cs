namespace EE569.Trainers.Reading;

/// <summary>Reads training data: once into memory if it fits, else into a temporary file that the training itself streams.</summary>
/// <param name="maximumRowsInMemory">The most examples kept in memory.</param>
/// <param name="validationFraction">The share of the examples set aside.</param>
/// <param name="seed">Decides which.</param>
/// <param name="checkAlive">Called now and then; throws when the user has cancelled.</param>
/// <param name="openTemporary">Opens the temporary file; null for one in the system's folder.</param>
/// <param name="prepares">Whether raw features, which may be missing, and the label are brought to unit scale.</param>
/// <param name="given">How to, where that is known; else it is learnt from the training rows (of streamed data, from a sample of all rows).</param>
internal sealed class TrainingDataReader(
    int maximumRowsInMemory, double validationFraction, ulong seed, Action checkAlive, Func<FileStream>? openTemporary = null, bool prepares = false, InputPreparation? given = null)
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
        var sample = new List<float[]>();
        var random = SplitMix64.Derive(seed, 1);
        using var cursor = new ExampleCursor(data, columns, checkAlive, prepares);
        while (cursor.MoveNext())
        {
            rows++;
            classCounts[cursor.Class]++;
            classTotals[cursor.Class] += cursor.Weight;
            int rowNonZeros = cursor.NonZeros;
            nonZeros += rowNonZeros;
            scale.Add(cursor);
            store.Add(cursor, rowNonZeros);
            if (prepares && (sample.Count < InputPreparation.MostSampleRows ? sample.Count : (int)Math.Min(random.NextDouble() * rows, int.MaxValue)) is var place && place < InputPreparation.MostSampleRows)
            {
                // Reservoir sampling (Vitter's algorithm R): every row is as likely to be in the sample.
                float[] raw = [.. cursor.Features.DenseValues()];
                if (place == sample.Count)
                {
                    sample.Add(raw);
                }
                else
                {
                    sample[place] = raw;
                }
            }
        }

        if (rows == 0)
        {
            throw new InvalidOperationException($"No valid training instances found ({cursor.Skipped}).");
        }

        store.Complete();
        var split = SplitOf(classCounts);
        double density = nonZeros / ((double)rows * columns.FeatureCount);
        bool isSparse = density < ExampleCollector.DensityThreshold;
        if (prepares)
        {
            var preparation = given;
            if (store.InMemory is { } raw)
            {
                int[][] parts = Parts(raw, split);
                var (label, stride) = (new Moments(), 1 + ((parts[0].Length - 1) / InputPreparation.MostSampleRows));
                Array.ForEach(parts[0], row => label.Add(raw.Label(row)));
                sample = [.. parts[0].Where((_, i) => i % stride == 0).Select(raw.Features)];
                preparation ??= new(RobustScale.Fit(Matrix<float>.FromRows([.. sample])), label);
                return Result(raw.ToData(preparation, parts[0]), split.ValidationRows == 0 ? null : raw.ToData(preparation, parts[1]), preparation);
            }

            preparation ??= new(RobustScale.Fit(Matrix<float>.FromRows([.. sample])), scale.Label);
            var (trainStream, validationStream) = Stream(data, columns, store.OnDisk, split, density: 1, preparation);
            return Result(trainStream, validationStream, preparation);
        }

        var (train, validation) = store.InMemory is { } collector ? Divide(collector, split) : Stream(data, columns, store.OnDisk, split, density, null);
        return Result(train, validation, null);

        TrainingData Result(DataSource<float> train, DataSource<float>? validation, InputPreparation? preparation) => new(
            columns, train, validation, rows, isSparse, classTotals, cursor.Skipped, scale, store, preparation, preparation?.Features.Transform(Matrix<float>.FromRows([.. sample])));
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

        int[][] parts = Parts(collector, split);
        return all is DenseData<float> dense
            ? (dense.Subset(parts[0]), dense.Subset(parts[1]))
            : (((SparseData<float>)all).Subset(parts[0]), ((SparseData<float>)all).Subset(parts[1]));
    }

    /// <summary>The rows to train with and those set aside.</summary>
    private static int[][] Parts(ExampleCollector collector, ValidationSplit split)
    {
        var isSetAside = split.StartPass();
        var parts = collector.Classes.Select((label, row) => (Row: row, IsSetAside: isSetAside(label))).ToLookup(example => example.IsSetAside, example => example.Row);
        return [[.. parts[false]], [.. parts[true]]];
    }

    private (DataSource<float> Train, DataSource<float>? Validation) Stream(
        IDataView data, TrainingColumns columns, SpillFile? file, ValidationSplit split, double density, InputPreparation? preparation)
    {
        return (Part(isSetAside: false, split.TrainRows), split.ValidationRows == 0 ? null : Part(isSetAside: true, split.ValidationRows));

        StreamingData<float> Part(bool isSetAside, long count) => new(preparation?.Width ?? columns.FeatureCount, () => Open(isSetAside), Math.Min(maximumRowsInMemory, ShufflePool), count,
            isSparse: density < ExampleCollector.DensityThreshold, targetValues: columns.Task == LearningTask.Regression ? 1 : 0, density: density);

        IRowReader<float> Open(bool wanted)
        {
            var isSetAside = split.StartPass();
            bool IsWanted(int label) => isSetAside(label) == wanted;
            return file is null ? new ViewRowReader(data, columns, checkAlive, preparation, IsWanted) : new SpillReader(file, columns.Task, checkAlive, preparation, IsWanted);
        }
    }
}
