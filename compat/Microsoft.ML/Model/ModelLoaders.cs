using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

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
            [PlattCalibratorTransformer.Signature] = (1, PlattCalibratorTransformer.Load),
            [LinearBinaryModelParameters.Signature] = (1, LinearBinaryModelParameters.Load),
            [LinearRegressionModelParameters.Signature] = (1, LinearRegressionModelParameters.Load),
            [LinearMulticlassModelParameters.Signature] = (1, LinearMulticlassModelParameters.Load),
            [MaximumEntropyModelParameters.Signature] = (1, MaximumEntropyModelParameters.Load),
            [ColumnConcatenatingTransformer.Signature] = (1, ColumnConcatenatingTransformer.Load),
            [ColumnCopyingTransformer.Signature] = (1, ColumnCopyingTransformer.Load),
            [ColumnSelectingTransformer.Signature] = (1, (_, ctx) => ColumnSelectingTransformer.Load(ctx)),
            [CustomMapping.Signature] = (1, CustomMapping.Load),
            [ExpressionTransformer.Signature] = (1, ExpressionTransformer.Load),
            [KeyToValueMappingTransformer.Signature] = (1, KeyToValueMappingTransformer.Load),
            [KeyToVectorMappingTransformer.Signature] = (1, KeyToVectorMappingTransformer.Load),
            [MissingValueReplacingTransformer.Signature] = (1, MissingValueReplacingTransformer.Load),
            [NormalizingTransformer.Signature] = (1, NormalizingTransformer.Load),
            [TypeConvertingTransformer.Signature] = (1, TypeConvertingTransformer.Load),
            [ValueToKeyMappingTransformer.Signature] = (1, ValueToKeyMappingTransformer.Load),
            [OneVersusAllModelParameters.Signature] = (1, OneVersusAllModelParameters.Load),
        };
}
