using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Microsoft.ML;

/// <summary>Every kind of object a model file may hold: its signature, the newest version that can be read, and its loader.</summary>
internal static class ModelLoaders
{
    public static IReadOnlyDictionary<string, (int Version, Func<IHostEnvironment, ModelLoadContext, object> Load)> Table { get; } =
        new Dictionary<string, (int, Func<IHostEnvironment, ModelLoadContext, object>)>
        {
            [TransformerChain.Signature] = (1, TransformerChain.Load),
            [BinaryPredictionTransformer.Signature] = (1, BinaryPredictionTransformer.Load),
            [MulticlassPredictionTransformer.Signature] = (1, MulticlassPredictionTransformer.Load),
            [RegressionPredictionTransformer.Signature] = (1, RegressionPredictionTransformer.Load),
            [CalibratedModelParameters.Signature] = (1, CalibratedModelParameters.Load),
            [PlattCalibrator.Signature] = (1, PlattCalibrator.Load),
            [LinearBinaryModelParameters.Signature] = (1, LinearBinaryModelParameters.Load),
            [LinearRegressionModelParameters.Signature] = (1, LinearRegressionModelParameters.Load),
            [LinearMulticlassModelParameters.Signature] = (1, LinearMulticlassModelParameters.Load),
            [MaximumEntropyModelParameters.Signature] = (1, MaximumEntropyModelParameters.Load),
        };
}
