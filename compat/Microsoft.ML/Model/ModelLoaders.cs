using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>The loader of every class that a model file may hold.</summary>
internal static class ModelLoaders
{
    /// <summary>The version of the format, written with every part; newer ones are refused.</summary>
    public const int Version = 1;

    public static IReadOnlyDictionary<string, Func<IHostEnvironment, ModelLoadContext, object>> Table { get; } =
        new Dictionary<string, Func<IHostEnvironment, ModelLoadContext, object>>
        {
            [nameof(TransformerChain)] = TransformerChain.Load,
            [nameof(BinaryPredictionTransformer)] = BinaryPredictionTransformer.Load,
            [nameof(MulticlassPredictionTransformer)] = MulticlassPredictionTransformer.Load,
            [nameof(RegressionPredictionTransformer)] = RegressionPredictionTransformer.Load,
            ["ParameterMixingCalibratedModelParameters"] = CalibratedModelParameters.Load,
            [nameof(PlattCalibrator)] = PlattCalibrator.Load,
            [nameof(PlattCalibratorTransformer)] = PlattCalibratorTransformer.Load,
            [nameof(LinearBinaryModelParameters)] = LinearBinaryModelParameters.Load,
            [nameof(LinearRegressionModelParameters)] = LinearRegressionModelParameters.Load,
            [nameof(LinearMulticlassModelParameters)] = LinearMulticlassModelParameters.Load,
            [nameof(MaximumEntropyModelParameters)] = MaximumEntropyModelParameters.Load,
            [nameof(OneVersusAllModelParameters)] = OneVersusAllModelParameters.Load,
            [nameof(ColumnConcatenatingTransformer)] = ColumnConcatenatingTransformer.Load,
            [nameof(ColumnCopyingTransformer)] = ColumnCopyingTransformer.Load,
            [nameof(ColumnSelectingTransformer)] = (_, ctx) => ColumnSelectingTransformer.Load(ctx),
            ["CustomMappingTransformer"] = CustomMapping.Load,
            [nameof(ExpressionTransformer)] = ExpressionTransformer.Load,
            [nameof(KeyToValueMappingTransformer)] = KeyToValueMappingTransformer.Load,
            [nameof(KeyToVectorMappingTransformer)] = KeyToVectorMappingTransformer.Load,
            [nameof(MissingValueReplacingTransformer)] = MissingValueReplacingTransformer.Load,
            [nameof(LpNormNormalizingTransformer)] = LpNormNormalizingTransformer.Load,
            [nameof(MissingValueIndicatorTransformer)] = MissingValueIndicatorTransformer.Load,
            [nameof(NormalizingTransformer)] = NormalizingTransformer.Load,
            [nameof(TypeConvertingTransformer)] = TypeConvertingTransformer.Load,
            [nameof(ValueToKeyMappingTransformer)] = ValueToKeyMappingTransformer.Load,
        };
}
