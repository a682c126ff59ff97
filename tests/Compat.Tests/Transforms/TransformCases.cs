using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.Transforms.MissingValueReplacingEstimator;
using static Microsoft.ML.Transforms.OneHotEncodingEstimator;
using static Microsoft.ML.Transforms.ValueToKeyMappingEstimator;

namespace EE569.Compat.Tests;

/// <summary>The golden transforms by name: the table and the estimator of each.</summary>
internal static class TransformCases
{
    private static readonly string[] EdgeColumns = ["P", "Neg", "Const", "Zero", "WithNaN", "V", "Dbl"];

    public static IReadOnlyDictionary<string, (Func<MLContext, IDataView> Data, Func<MLContext, IEstimator<ITransformer>> Estimator)> All { get; } =
        Normalizers().Concat(Columns()).Concat(Keys()).Concat(OneHot()).Concat(Replacements()).Concat(Expressions()).Concat(Conversions())
            .ToDictionary(item => item.Name, item => (item.Data, item.Estimator));

    private static IEnumerable<Case> Normalizers()
    {
        Func<MLContext, IDataView> iris = TransformData.IrisWithFeatures;
        yield return new("MeanVariance_default", iris, ml => ml.Transforms.NormalizeMeanVariance("N", "Features"));
        yield return new("MeanVariance_fixZero_false", iris, ml => ml.Transforms.NormalizeMeanVariance("N", "Features", fixZero: false));
        yield return new("MeanVariance_useCdf", iris, ml => ml.Transforms.NormalizeMeanVariance("N", "Features", useCdf: true));
        yield return new("MeanVariance_max_examples_10", iris, ml => ml.Transforms.NormalizeMeanVariance("N", "Features", maximumExampleCount: 10, fixZero: false));
        yield return new("MinMax_default", iris, ml => ml.Transforms.NormalizeMinMax("N", "Features"));
        yield return new("MinMax_fixZero_false", iris, ml => ml.Transforms.NormalizeMinMax("N", "Features", fixZero: false));
        yield return new("RobustScaling_default", iris, ml => ml.Transforms.NormalizeRobustScaling("N", "Features"));
        yield return new("RobustScaling_centerData_false", iris, ml => ml.Transforms.NormalizeRobustScaling("N", "Features", centerData: false));
        yield return new("RobustScaling_10_90", iris, ml => ml.Transforms.NormalizeRobustScaling("N", "Features", quantileMin: 10, quantileMax: 90));
        yield return new("LpNorm_default", iris, ml => ml.Transforms.NormalizeLpNorm("N", "Features"));
        yield return new("Binning_4", iris, ml => ml.Transforms.NormalizeBinning("N", "Features", maximumBinCount: 4));
        yield return new("LogMeanVariance_default", iris, ml => ml.Transforms.NormalizeLogMeanVariance("N", "Features"));

        InputOutputColumnPair[] pairs = [.. EdgeColumns.Select(name => new InputOutputColumnPair(name))];
        yield return new("edge_MeanVariance_default", TransformData.Edge, ml => ml.Transforms.NormalizeMeanVariance(pairs));
        yield return new("edge_MeanVariance_fixZero_false", TransformData.Edge, ml => ml.Transforms.NormalizeMeanVariance(pairs, fixZero: false));
        yield return new("edge_MinMax_default", TransformData.Edge, ml => ml.Transforms.NormalizeMinMax(pairs));
        yield return new("edge_MinMax_fixZero_false", TransformData.Edge, ml => ml.Transforms.NormalizeMinMax(pairs, fixZero: false));
        yield return new("edge_RobustScaling_default", TransformData.Edge, ml => ml.Transforms.NormalizeRobustScaling(pairs));
        yield return new("normalize_int_column_error", TransformData.Keys, ml => ml.Transforms.NormalizeMinMax("I"));
        yield return new("normalize_text_column_error", TransformData.Keys, ml => ml.Transforms.NormalizeMinMax("T"));
        yield return new("normalize_missing_column_error", TransformData.Keys, ml => ml.Transforms.NormalizeMinMax("Nope"));
    }

    private static IEnumerable<Case> Columns()
    {
        yield return new("Concatenate_iris", TransformData.Iris, ml => ml.Transforms.Concatenate("Features", TransformData.IrisFeatures));
        yield return new("Concatenate_scalar_and_vector", TransformData.Edge, ml => ml.Transforms.Concatenate("F", "P", "V", "Neg"));
        yield return new("Concatenate_vector_with_slot_names", TransformData.IrisWithFeatures, ml => ml.Transforms.Concatenate("F2", "Features", "SepalLength"));
        yield return new("Concatenate_one_column", TransformData.Edge, ml => ml.Transforms.Concatenate("F", "P"));
        yield return new("Concatenate_mixed_types_error", TransformData.Edge, ml => ml.Transforms.Concatenate("F", "P", "Dbl"));
        yield return new("Concatenate_missing_column_error", TransformData.Edge, ml => ml.Transforms.Concatenate("F", "P", "Nope"));
        yield return new("DropColumns", TransformData.Iris, ml => ml.Transforms.DropColumns("SepalWidth", "Label"));
        yield return new("DropColumns_missing", TransformData.Iris, ml => ml.Transforms.DropColumns("Nope"));
        yield return new("SelectColumns", TransformData.Iris, ml => ml.Transforms.SelectColumns("Label", "PetalWidth"));
        yield return new("SelectColumns_missing", TransformData.Iris, ml => ml.Transforms.SelectColumns("Nope"));
        yield return new("SelectColumns_keepHidden", TransformData.Iris, ml => ml.Transforms.Concatenate("Features", TransformData.IrisFeatures)
            .Append(ml.Transforms.NormalizeMinMax("Features"))
            .Append(ml.Transforms.SelectColumns(["Features"], keepHidden: true)));
        yield return new("CopyColumns", TransformData.Iris, ml => ml.Transforms.CopyColumns("Y", "Label"));
    }

    private static IEnumerable<Case> Keys()
    {
        Func<MLContext, IDataView> rows = TransformData.Keys;
        foreach (string column in new[] { "T", "I", "F", "B", "VT" })
        {
            foreach (KeyOrdinality order in Enum.GetValues<KeyOrdinality>())
            {
                yield return new($"MapValueToKey_{column}_{order}", rows, ml => ml.Transforms.Conversion.MapValueToKey("K", column, keyOrdinality: order));
            }
        }

        yield return new("MapValueToKey_max_2", rows, ml => ml.Transforms.Conversion.MapValueToKey("K", "T", maximumNumberOfKeys: 2));
        yield return new("MapValueToKey_addKeyValueAnnotationsAsText", rows,
            ml => ml.Transforms.Conversion.MapValueToKey("K", "I", addKeyValueAnnotationsAsText: true));
        yield return new("MapValueToKey_keyData", rows, ml => ml.Transforms.Conversion.MapValueToKey("K", "T",
            keyData: ml.Data.LoadFromEnumerable(new[] { "apple", "durian", "banana" }.Select(text => new { Key = text }))));
        yield return new("MapKeyToValue_T", rows, ml => ml.Transforms.Conversion.MapValueToKey("K", "T")
            .Append(ml.Transforms.Conversion.MapKeyToValue("Back", "K")));
        yield return new("MapKeyToValue_I_unseen", rows, ml => ml.Transforms.Conversion.MapValueToKey("K", "I", maximumNumberOfKeys: 2)
            .Append(ml.Transforms.Conversion.MapKeyToValue("Back", "K")));
        yield return new("MapKeyToValue_F_unseen", rows, ml => ml.Transforms.Conversion.MapValueToKey("K", "F")
            .Append(ml.Transforms.Conversion.MapKeyToValue("Back", "K")));
        yield return new("MapKeyToValue_not_a_key_error", rows, ml => ml.Transforms.Conversion.MapKeyToValue("T"));
        yield return new("MapKeyToVector", rows, ml => ml.Transforms.Conversion.MapValueToKey("K", "T")
            .Append(ml.Transforms.Conversion.MapKeyToVector("Vec", "K")));
    }

    private static IEnumerable<Case> OneHot()
    {
        foreach (OutputKind kind in Enum.GetValues<OutputKind>())
        {
            yield return new($"OneHotEncoding_T_{kind}", TransformData.Keys, ml => ml.Transforms.Categorical.OneHotEncoding("O", "T", kind));
            yield return new($"OneHotEncoding_VT_{kind}", TransformData.Keys, ml => ml.Transforms.Categorical.OneHotEncoding("O", "VT", kind));
        }

        yield return new("OneHotEncoding_I_default", TransformData.Keys, ml => ml.Transforms.Categorical.OneHotEncoding("O", "I"));
        yield return new("OneHotEncoding_I_ByValue", TransformData.Keys,
            ml => ml.Transforms.Categorical.OneHotEncoding("O", "I", keyOrdinality: KeyOrdinality.ByValue));
    }

    private static IEnumerable<Case> Replacements() => (
        from mode in Enum.GetValues<ReplacementMode>()
        from bySlot in new[] { true, false }
        select new Case($"ReplaceMissingValues_{mode}_bySlot_{bySlot}", TransformData.Missing,
            ml => ml.Transforms.ReplaceMissingValues([new("V"), new("S")], mode, bySlot)))
        .Append(new("IndicateMissingValues", TransformData.Missing, ml => ml.Transforms.IndicateMissingValues("Ind", "V")));

    private static IEnumerable<Case> Expressions()
    {
        foreach (string lambda in new[]
        {
            "x => tanh(x)", "x => max(x, 0)", "x => 1 / (1 + exp(-x))", "x => x * x", "x => abs(x) + 1", "x => sqrt(x)", "x => log(x)",
            "x => x > 0 ? x : 0.5 * x", "x => min(x, 1)", "x => x", "x => 2", "x => int(x)", "x => bogus(x)", "x => x +",
        })
        {
            yield return new($"Expression {lambda}", TransformData.Expressions, ml => ml.Transforms.Expression("O", lambda, "V"));
        }

        yield return new("Expression two args", TransformData.Expressions, ml => ml.Transforms.Expression("O", "(x, y) => x * y + 1", "V", "S"));
        yield return new("Expression scalar", TransformData.Expressions, ml => ml.Transforms.Expression("O", "x => tanh(x)", "S"));
    }

    private static IEnumerable<Case> Conversions() =>
        from column in new[] { "F", "D", "I", "B", "S", "K" }
        from kind in new[] { DataKind.Single, DataKind.Double, DataKind.Int32, DataKind.Int64, DataKind.UInt32, DataKind.Byte, DataKind.Boolean, DataKind.String }
        select new Case($"ConvertType_{column}_to_{kind}", TransformData.Conversions, ml => ml.Transforms.Conversion.ConvertType("O", column, kind));

    private sealed record Case(string Name, Func<MLContext, IDataView> Data, Func<MLContext, IEstimator<ITransformer>> Estimator);
}
