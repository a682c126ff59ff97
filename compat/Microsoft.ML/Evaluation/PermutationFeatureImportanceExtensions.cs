using System.Collections.Immutable;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Microsoft.ML;

/// <summary>How much the metrics of a model change when the values of one feature are shuffled among the rows (Breiman, 2001).</summary>
public static class PermutationFeatureImportanceExtensions
{
    public static ImmutableArray<BinaryClassificationMetricsStatistics> PermutationFeatureImportance<TModel>(
        this BinaryClassificationCatalog catalog, ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data,
        string labelColumnName = DefaultColumnNames.Label, bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null,
        int permutationCount = 1) where TModel : class =>
        [.. Importance(catalog, predictionTransformer, data, labelColumnName, useFeatureWeightFilter, numberOfExamplesToUse, permutationCount,
            scored => catalog.EvaluateNonCalibrated(scored, labelColumnName)).Select(changes => new BinaryClassificationMetricsStatistics(changes))];

    public static ImmutableArray<MulticlassClassificationMetricsStatistics> PermutationFeatureImportance<TModel>(
        this MulticlassClassificationCatalog catalog, ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data,
        string labelColumnName = DefaultColumnNames.Label, bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null,
        int permutationCount = 1) where TModel : class =>
        [.. Importance(catalog, predictionTransformer, data, labelColumnName, useFeatureWeightFilter, numberOfExamplesToUse, permutationCount,
            scored => catalog.Evaluate(scored, labelColumnName)).Select(changes => new MulticlassClassificationMetricsStatistics(changes))];

    public static ImmutableArray<RegressionMetricsStatistics> PermutationFeatureImportance<TModel>(
        this RegressionCatalog catalog, ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data,
        string labelColumnName = DefaultColumnNames.Label, bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null,
        int permutationCount = 1) where TModel : class =>
        [.. Importance(catalog, predictionTransformer, data, labelColumnName, useFeatureWeightFilter, numberOfExamplesToUse, permutationCount,
            scored => catalog.Evaluate(scored, labelColumnName)).Select(changes => new RegressionMetricsStatistics(changes))];

    private static IEnumerable<MetricChanges<TMetrics>> Importance<TModel, TMetrics>(
        IInternalCatalog catalog, ISingleFeaturePredictionTransformer<TModel> transformer, IDataView data, string labelColumn,
        bool skipZeroWeights, int? examples, int permutations, Func<IDataView, TMetrics> evaluate) where TModel : class
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(data);
        data.Schema.FindColumn(labelColumn, DefaultColumnNames.Label);
        IHostEnvironment env = catalog.GetEnvironment();
        DataOperationsCatalog operations = new(env);
        IDataView rows = operations.Cache(examples is { } count ? operations.TakeRows(data, count) : data, transformer.FeatureColumnName, labelColumn);
        DataViewSchema.Column features = rows.Schema.FindColumn(transformer.FeatureColumnName, "Feature");
        Random random = env.Register("PermutationFeatureImportance").Rand;
        IReadOnlyList<float>? weights = skipZeroWeights ? WeightsOf(transformer.Model) : null;
        TMetrics baseline = evaluate(transformer.Transform(rows));

        for (int slot = 0; slot < features.Type.ValueCount(); slot++)
        {
            env.CheckAlive();
            List<TMetrics> permuted = [];
            if (weights?[slot] == 0)
            {
                permuted.AddRange(Enumerable.Repeat(baseline, permutations));
            }
            else
            {
                float[] values = ValuesOf(rows, features, slot);
                for (int repetition = 0; repetition < permutations; repetition++)
                {
                    random.Shuffle(values);
                    permuted.Add(evaluate(transformer.Transform(WithValues(rows, features, slot, values))));
                }
            }
            yield return new(baseline, permuted);
        }
    }

    private static IReadOnlyList<float>? WeightsOf(object model) =>
        ((model as CalibratedModelParametersBase)?.SubModel ?? model) is LinearModelParameters linear ? linear.Weights : null;

    private static float[] ValuesOf(IDataView rows, DataViewSchema.Column features, int slot)
    {
        using DataViewRowCursor cursor = rows.GetRowCursor([features]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(features);
        VBuffer<float> vector = default;
        List<float> values = [];
        while (cursor.MoveNext())
        {
            getter(ref vector);
            values.Add(vector.GetItemOrDefault(slot));
        }
        return [.. values];
    }

    /// <summary>The rows with other values in one slot of the features.</summary>
    private static MappedDataView WithValues(IDataView rows, DataViewSchema.Column features, int slot, float[] values)
    {
        ColumnMap replaced = new(new(features.Name, features.Type, features.Annotations), [features.Index], row =>
        {
            ValueGetter<VBuffer<float>> getter = row.GetGetter<VBuffer<float>>(features);
            VBuffer<float> original = default;
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                getter(ref original);
                VBufferEditor<float> editor = VBufferEditor.Create(ref value, original.Length);
                original.CopyTo(editor.Values);
                editor.Values[slot] = values[row.Position];
                value = editor.Commit();
            });
        });
        return new(rows, new RowToRowMap(rows.Schema, new ColumnMapper([replaced])));
    }
}
