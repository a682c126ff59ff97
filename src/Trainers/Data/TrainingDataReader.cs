using EE569.Engine.Data;
using Microsoft.ML;

namespace EE569.Trainers.Data;

/// <summary>Reads training data: once into memory if it fits, else a first pass that counts, and streams in the training itself.</summary>
/// <param name="maximumRowsInMemory">The most examples kept in memory.</param>
/// <param name="validationFraction">The share of the examples set aside.</param>
/// <param name="seed">Decides which.</param>
/// <param name="checkAlive">Called now and then; throws when the user has cancelled.</param>
internal sealed class TrainingDataReader(int maximumRowsInMemory, double validationFraction, ulong seed, Action checkAlive)
{
    /// <summary>Examples drawn from at a time when streamed data is shuffled.</summary>
    private const int ShufflePool = 10_000;

    private const int RowsBetweenChecks = 4096;

    public TrainingData Read(IDataView data, TrainingColumns columns)
    {
        ExampleCollector? collector = new(columns);
        var classCounts = new long[columns.ClassCount];
        var scale = new FeatureScale();
        long rows = 0;
        long values = 0;
        using var cursor = new ExampleCursor(data, columns);
        while (cursor.MoveNext())
        {
            if (rows++ % RowsBetweenChecks == 0)
            {
                checkAlive();
            }

            if (classCounts.Length > 0)
            {
                classCounts[(int)cursor.Label]++;
            }

            values += cursor.Features.GetValues().Length;
            scale.Add(in cursor.Features);
            collector = rows > maximumRowsInMemory || collector is null or { IsFull: true } ? null : collector;
            collector?.Add(cursor);
        }

        if (rows == 0)
        {
            throw new InvalidOperationException($"No valid training instances found ({cursor.Skipped}).");
        }

        var (train, validation) = collector is null ? Stream(data, columns, rows, isSparse: values < ExampleCollector.DensityThreshold * rows * columns.FeatureCount) : Split(collector);
        return new TrainingData(columns, train, validation, rows, classCounts, cursor.Skipped, scale);
    }

    private (DataSource<float> Train, DataSource<float>? Validation) Split(ExampleCollector collector)
    {
        var all = collector.ToData();
        if (validationFraction == 0)
        {
            return (all, null);
        }

        var classes = collector.Classes;
        var (train, validation) = classes.Length > 0
            ? DataSplit.Stratified(classes, validationFraction, seed)
            : DataSplit.Random(collector.Rows, validationFraction, seed);
        if (train.Length == 0 || validation.Length == 0)
        {
            throw new InvalidOperationException(
                $"{collector.Rows} examples are too few to set {validationFraction:P0} of them aside: change {nameof(TrainerOptions.ValidationFraction)} or give validation data to Fit.");
        }

        return all is DenseData<float> dense
            ? (dense.Subset(train), dense.Subset(validation))
            : (((SparseData<float>)all).Subset(train), ((SparseData<float>)all).Subset(validation));
    }

    private (DataSource<float> Train, DataSource<float>? Validation) Stream(IDataView data, TrainingColumns columns, long rows, bool isSparse)
    {
        if (validationFraction == 0)
        {
            return (Part(_ => true, rows), null);
        }

        return (Part(number => !ViewRowReader.IsSetAside(number, validationFraction, seed), null),
            Part(number => ViewRowReader.IsSetAside(number, validationFraction, seed), null));

        StreamingData<float> Part(Predicate<long> isWanted, long? count) =>
            new(columns.FeatureCount, () => new ViewRowReader(data, columns, isWanted), Math.Min(maximumRowsInMemory, ShufflePool), count, isSparse,
                targetValues: columns.Task == LearningTask.Regression ? 1 : 0);
    }
}
