using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public static class NormalizationCatalog
{
    private const long DefaultMaximumExampleCount = 1_000_000_000;

    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        long maximumExampleCount = DefaultMaximumExampleCount, bool fixZero = true, bool useCdf = false) =>
        catalog.NormalizeMeanVariance([new(outputColumnName, inputColumnName)], maximumExampleCount, fixZero, useCdf);

    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = DefaultMaximumExampleCount, bool fixZero = true, bool useCdf = false) =>
        new(catalog.GetEnvironment(), columns, maximumExampleCount, () => new MeanVarianceStatistics(fixZero, useCdf, useLog: false));

    public static NormalizingEstimator NormalizeLogMeanVariance(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        long maximumExampleCount = DefaultMaximumExampleCount, bool useCdf = true) =>
        catalog.NormalizeLogMeanVariance([new(outputColumnName, inputColumnName)], maximumExampleCount, useCdf);

    public static NormalizingEstimator NormalizeLogMeanVariance(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = DefaultMaximumExampleCount, bool useCdf = true) =>
        new(catalog.GetEnvironment(), columns, maximumExampleCount, () => new MeanVarianceStatistics(fixZero: false, useCdf, useLog: true));

    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        long maximumExampleCount = DefaultMaximumExampleCount, bool fixZero = true) =>
        catalog.NormalizeMinMax([new(outputColumnName, inputColumnName)], maximumExampleCount, fixZero);

    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = DefaultMaximumExampleCount, bool fixZero = true) =>
        new(catalog.GetEnvironment(), columns, maximumExampleCount, () => new MinMaxStatistics(fixZero));

    public static NormalizingEstimator NormalizeRobustScaling(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        long maximumExampleCount = DefaultMaximumExampleCount, bool centerData = true, uint quantileMin = 25, uint quantileMax = 75) =>
        catalog.NormalizeRobustScaling([new(outputColumnName, inputColumnName)], maximumExampleCount, centerData, quantileMin, quantileMax);

    public static NormalizingEstimator NormalizeRobustScaling(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = DefaultMaximumExampleCount, bool centerData = true, uint quantileMin = 25, uint quantileMax = 75)
    {
        if (quantileMin >= quantileMax || quantileMax > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(quantileMin), $"Expected 0 <= quantileMin < quantileMax <= 100, got {quantileMin} and {quantileMax}.");
        }

        return new(catalog.GetEnvironment(), columns, maximumExampleCount, () => new RobustStatistics(centerData, (quantileMax - quantileMin) / 100.0));
    }

    public static NormalizingEstimator NormalizeBinning(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        long maximumExampleCount = DefaultMaximumExampleCount, bool fixZero = true, int maximumBinCount = 1024) =>
        catalog.NormalizeBinning([new(outputColumnName, inputColumnName)], maximumExampleCount, fixZero, maximumBinCount);

    public static NormalizingEstimator NormalizeBinning(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = DefaultMaximumExampleCount, bool fixZero = true, int maximumBinCount = 1024) =>
        new(catalog.GetEnvironment(), columns, maximumExampleCount, () => new BinStatistics(fixZero, maximumBinCount));

    public static LpNormNormalizingEstimator NormalizeLpNorm(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        LpNormNormalizingEstimatorBase.NormFunction norm = LpNormNormalizingEstimatorBase.NormFunction.L2, bool ensureZeroMean = false) =>
        new(catalog.GetEnvironment(), [new(outputColumnName, inputColumnName)], norm, ensureZeroMean);
}
