using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    /// <summary>Splits at random; rows with the same sampling key stay together.</summary>
    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string? samplingKeyColumnName = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!(testFraction > 0 && testFraction < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testFraction), "Must be between 0 and 1 exclusive");
        }

        RowDraw draw = CreateDraw(data, samplingKeyColumnName, seed);
        return new(draw.Where(value => value >= testFraction), draw.Where(value => value < testFraction));
    }

    /// <summary>Pairs of a training and a test set, in which every row is tested once.</summary>
    public IReadOnlyList<TrainTestData> CrossValidationSplit(IDataView data, int numberOfFolds = 5, string? samplingKeyColumnName = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (numberOfFolds < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(numberOfFolds), "Must be more than 1");
        }

        RowDraw draw = CreateDraw(data, samplingKeyColumnName, seed);
        return [.. Enumerable.Range(0, numberOfFolds).Select(fold =>
        {
            bool InFold(double value) => (int)(value * numberOfFolds) == fold;
            return new TrainTestData(draw.Where(value => !InFold(value)), draw.Where(InFold));
        })];
    }

    private RowDraw CreateDraw(IDataView data, string? samplingKeyColumnName, int? seed)
    {
        if (samplingKeyColumnName is not null && data.Schema.GetColumnOrNull(samplingKeyColumnName) is null)
        {
            throw Contracts.MissingColumn("samplingKeyColumn", "SamplingKeyColumn", samplingKeyColumnName);
        }

        return new(data, samplingKeyColumnName, seed ?? ((IHostEnvironmentInternal)_env).Seed ?? _env.Register(nameof(TrainTestSplit)).Rand.Next());
    }

    public readonly struct TrainTestData
    {
        public readonly IDataView TrainSet;
        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet)
        {
            TrainSet = trainSet;
            TestSet = testSet;
        }
    }
}
