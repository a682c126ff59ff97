namespace EE569.Trainers.Reading;

/// <summary>Reads training data: once into memory if it fits, else into a temporary file that the training itself streams.</summary>
/// <param name="maximumRowsInMemory">The most examples kept in memory.</param>
/// <param name="validationFraction">The share of the examples set aside.</param>
/// <param name="seed">Decides which.</param>
/// <param name="checkAlive">Called now and then; throws when the user has cancelled.</param>
/// <param name="openTemporary">Opens the temporary file; null for one in the system's folder.</param>
/// <param name="prepares">Whether raw features, which may be missing, and the label are brought to unit scale.</param>
/// <param name="keepsSparse">Whether prepared rows of few non-zeros stay so; if not, some of the rows become the sample of the data.</param>
/// <param name="isOptional">Whether too few examples to set any aside are no error: then all train.</param>
/// <param name="given">How to, where that is known; else it is learnt from the training rows (of streamed data, from a sample of them).</param>
/// <param name="folds">Above 1: the parts that the rows are cut into, of which the first is set aside; see <see cref="TrainingData.Fold"/>. What is learnt of a preparation is learnt from all rows.</param>
internal sealed class TrainingDataReader(
    int maximumRowsInMemory, double validationFraction, ulong seed, Action checkAlive, Func<FileStream>? openTemporary = null,
    bool prepares = false, bool keepsSparse = true, bool isOptional = false, InputPreparation? given = null, int folds = 1)
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
        }

        if (rows == 0)
        {
            throw new InvalidOperationException($"No valid training instances found ({cursor.Skipped}).");
        }

        store.Complete();
        double density = nonZeros / ((double)rows * columns.FeatureCount);
        bool isSparse = density < ExampleCollector.DensityThreshold;
        var (preparation, sample) = prepares ? Prepare(data, columns, store, folds > 1 ? ValidationSplit.OfFraction(classCounts, 0, seed) : SplitOf(classCounts, 0), isSparse) : (null, null);
        TrainingData? only = null;
        return Fold(0);

        TrainingData Fold(int fold)
        {
            if (only is not null)
            {
                return only;
            }

            var split = SplitOf(classCounts, fold);
            double streamDensity = preparation is null ? density : keepsSparse && isSparse ? density + ((double)preparation.Features.MostAdded / columns.FeatureCount) : 1;
            var (train, validation) = store.InMemory is { } collector ? Divide(collector, split) : Stream(data, columns, store.OnDisk, split, streamDensity, preparation);
            var parts = new TrainingData(columns, train, validation, rows, isSparse, classTotals, cursor.Skipped, scale, store, preparation, sample, Fold);
            if (folds == 1)
            {
                only = parts;
                store.Release(); // the parts hold copies
            }

            return parts;
        }
    }

    /// <summary>Learns a preparation from the training rows, prepares the rows that are in memory, and gives some of them where they become dense.</summary>
    private (InputPreparation, Matrix<float>? Sample) Prepare(IDataView data, TrainingColumns columns, ExampleStore store, ValidationSplit split, bool isSparse)
    {
        // Columns of mostly zeros keep their scale, unless it is large, where rows stay sparse.
        double leastDistance = keepsSparse ? 1 : 0;
        var label = new Moments();
        if (store.InMemory is { } collector)
        {
            int[] rows = Parts(collector, split)[0];
            int stride = 1 + ((rows.Length - 1) / FeatureScaler.MostSampleRows);
            int[] some = [.. rows.Where((_, i) => i % stride == 0)];
            Array.ForEach(rows, row => label.Add(collector.Label(row)));
            var learnt = Preparation(columns, label, () => collector.FitScale(some, leastDistance));
            collector.Prepare(learnt, keepsSparse);
            return (learnt, keepsSparse ? null : collector.Dense(some));
        }

        var sample = new RowSample(seed);
        using var reader = Open(data, columns, store.OnDisk, split, isSetAside: false, null);
        var row = new StreamedRow<float>(columns.FeatureCount, columns.Task == LearningTask.Regression ? 1 : 0, isSparse && keepsSparse);
        while (reader.Read(row))
        {
            label.Add(columns.Task == LearningTask.Regression ? row.Target[0] : row.Label);
            sample.Add(row);
        }

        var preparation = Preparation(columns, label, () => isSparse && keepsSparse ? RobustScale.Fit(sample.ToSparse(columns.FeatureCount), leastDistance) : RobustScale.Fit(sample.ToDense(), leastDistance));
        return (preparation, keepsSparse ? null : preparation.Features.Transform(sample.ToDense()));
    }

    private InputPreparation Preparation(TrainingColumns columns, Moments label, Func<RobustScale> fit) => new(
        given?.Features ?? FeatureScaler.Of(fit()),
        columns.Task != LearningTask.Regression ? null : given?.Label is { } unit ? unit.Widened(label) : LabelUnit.Of(label));

    private ValidationSplit SplitOf(long[] classCounts, int fold)
    {
        var split = folds > 1 ? ValidationSplit.OfFold(classCounts, folds, fold, seed) : ValidationSplit.OfFraction(classCounts, validationFraction, seed);
        if (isOptional && !split.IsWorthwhile)
        {
            return ValidationSplit.OfFraction(classCounts, 0, seed);
        }

        if (split.TrainRows == 0 || ((folds > 1 || validationFraction > 0) && split.ValidationRows == 0))
        {
            throw new InvalidOperationException(folds > 1
                ? $"{classCounts.Sum()} examples are too few for {folds} folds: lower {nameof(EnsembleTrainerOptions.NumberOfFolds)}."
                : $"{classCounts.Sum()} examples are too few to set {validationFraction:P0} of them aside: change {nameof(TrainerOptions.ValidationFraction)} or give validation data to Fit.");
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

        StreamingData<float> Part(bool isSetAside, long count) => new(
            preparation?.Features.Outputs ?? columns.FeatureCount, () => Open(data, columns, file, split, isSetAside, preparation), Math.Min(maximumRowsInMemory, ShufflePool), count,
            isSparse: density < ExampleCollector.DensityThreshold, targetValues: columns.Task == LearningTask.Regression ? 1 : 0, density: density);
    }

    private IRowReader<float> Open(IDataView data, TrainingColumns columns, SpillFile? file, ValidationSplit split, bool isSetAside, InputPreparation? preparation)
    {
        var part = split.StartPass();
        bool IsWanted(int label) => part(label) == isSetAside;
        return file is null ? new ViewRowReader(data, columns, checkAlive, prepares, preparation, IsWanted) : new SpillReader(file, columns.Task, checkAlive, preparation, IsWanted);
    }
}
