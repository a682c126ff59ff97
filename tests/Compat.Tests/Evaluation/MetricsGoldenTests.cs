using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace EE569.Compat.Tests;

/// <summary>Every case of metrics.json: the same scores give the same metrics, tables and errors.</summary>
[TestClass]
public class MetricsGoldenTests
{
    private static readonly GoldenFile Golden = new("metrics.json");

    public static IEnumerable<object[]> Cases(string task) => Golden["cases"].AsArray()
        .Where(golden => (string)golden!["task"]! == task && golden["rows"] is not null)
        .Select(golden => new object[] { (string)golden!["name"]! });

    [TestMethod]
    [DynamicData(nameof(Cases), "binary")]
    public void Binary(string name)
    {
        JsonObject golden = Golden.Case(name), rows = golden["rows"]!.AsObject();
        MLContext ml = new(seed: 1);
        IDataView view = ml.Data.LoadFromEnumerable(rows["Label"]!.AsArray().Select((label, i) => new BinaryRow
        {
            Label = (bool)label!,
            Score = Number(rows["Score"]![i]),
            Probability = Number(rows["Probability"]![i]),
            PredictedLabel = (bool)rows["PredictedLabel"]![i]!,
        }));
        MetricsJson.AssertClose(golden["Evaluate"], GoldenFile.Outcome(() => MetricsJson.Of(ml.BinaryClassification.Evaluate(view))), name);
        MetricsJson.AssertClose(golden["EvaluateNonCalibrated"], GoldenFile.Outcome(() => MetricsJson.Of(ml.BinaryClassification.EvaluateNonCalibrated(view))), name);
    }

    [TestMethod]
    [DynamicData(nameof(Cases), "multiclass")]
    public void Multiclass(string name)
    {
        JsonObject golden = Golden.Case(name), rows = golden["rows"]!.AsObject();
        MLContext ml = new(seed: 1);
        IDataView view = golden["classes_in_key_order"] is JsonArray classes ? NamedKeys(ml, rows, [.. classes.Select(text => (string)text!)]) : PlainKeys(ml, rows);
        string about = (string)golden["about"]!;
        int topK = about.Split("topKPredictionCount: ") is [_, var rest, ..] ? int.Parse(rest[..1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        MetricsJson.AssertClose(
            golden["Evaluate"],
            GoldenFile.Outcome(() => MetricsJson.Of(ml.MulticlassClassification.Evaluate(view, topKPredictionCount: topK))),
            name);
    }

    [TestMethod]
    [DynamicData(nameof(Cases), "regression")]
    public void Regression(string name)
    {
        JsonObject golden = Golden.Case(name), rows = golden["rows"]!.AsObject();
        MLContext ml = new(seed: 1);
        IDataView view = ml.Data.LoadFromEnumerable(rows["Label"]!.AsArray().Select((label, i) => new RegressionRow { Label = Number(label), Score = Number(rows["Score"]![i]) }));
        MetricsJson.AssertClose(golden["Evaluate"], GoldenFile.Outcome(() => MetricsJson.Of(ml.Regression.Evaluate(view))), name);
    }

    /// <summary>From the golden counts rather than the golden training: with several threads ML.NET stops elsewhere than with one (log loss 0.5414 and 0.5399).</summary>
    [TestMethod]
    public void A_table_of_long_class_names_numbers_them()
    {
        JsonNode golden = Golden.Case("formatted_table_wine_2_features")["Evaluate"]!["ConfusionMatrix"]!;
        int[][] counts = [.. golden["Counts"]!.AsArray().Select(row => row!.AsArray().Select(count => (int)count!).ToArray())];
        MLContext ml = new(seed: 1);
        IDataView data = ml.Data.LoadFromEnumerable(
            from label in Enumerable.Range(0, 3)
            from predicted in Enumerable.Range(0, 3)
            from _ in Enumerable.Range(0, counts[label][predicted])
            select new WineRow { Label = $"class_{label}", PredictedLabel = $"class_{predicted}", class_0 = predicted == 0 ? 1 : 0, class_1 = predicted == 1 ? 1 : 0, class_2 = predicted == 2 ? 1 : 0 });
        IDataView keys = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(c => new KeyName { Name = $"class_{c}" }));
        InputOutputColumnPair[] columns = [new("Label"), new("PredictedLabel")];
        var pipeline = ml.Transforms.Conversion.MapValueToKey(columns, keyData: keys).Append(ml.Transforms.Concatenate("Score", "class_0", "class_1", "class_2"));
        IDataView keyed = pipeline.Fit(data).Transform(data);

        ConfusionMatrix matrix = ml.MulticlassClassification.Evaluate(keyed).ConfusionMatrix;

        MetricsJson.AssertClose(golden, MetricsJson.Of(matrix), "wine");
    }

    [TestMethod]
    public void A_pair_of_classes_is_counted_predicted_first()
    {
        MLContext ml = new(seed: 1);
        BinaryRow[] rows = [new() { Label = true, Score = 1 }, new() { Label = true, Score = -1 }, new() { Label = true, Score = -1 }, new() { Label = false, Score = -1 }];
        ConfusionMatrix matrix = ml.BinaryClassification.EvaluateNonCalibrated(ml.Data.LoadFromEnumerable(rows)).ConfusionMatrix;
        Assert.AreEqual(2, matrix.GetCountForClassPair(predictedClassIndicatorIndex: 1, actualClassIndicatorIndex: 0));
        Assert.AreEqual(0, matrix.GetCountForClassPair(predictedClassIndicatorIndex: 0, actualClassIndicatorIndex: 1));
    }

    private static IDataView NamedKeys(MLContext ml, JsonObject rows, string[] classes)
    {
        IDataView view = ml.Data.LoadFromEnumerable(rows["Label"]!.AsArray().Select((label, i) => new NamedRow
        {
            Label = (string)label!,
            Score = TrainingData.Floats(rows["Score"]![i]),
            PredictedLabel = (string)rows["PredictedLabel"]![i]!,
        }));
        IDataView keys = ml.Data.LoadFromEnumerable(classes.Select(name => new KeyName { Name = name }));
        ValueToKeyMappingEstimator mapping = ml.Transforms.Conversion.MapValueToKey(
            [new InputOutputColumnPair("Label"), new InputOutputColumnPair("PredictedLabel")], keyData: keys);
        return mapping.Fit(view).Transform(view);
    }

    private static IDataView PlainKeys(MLContext ml, JsonObject rows) =>
        ml.Data.LoadFromEnumerable(rows["Label"]!.AsArray().Select((label, i) => new KeyedRow
        {
            // The golden rows are raw keys, which count from 1; members of key type count from 0.
            Label = (uint)label! - 1,
            Score = TrainingData.Floats(rows["Score"]![i]),
            PredictedLabel = (uint)rows["PredictedLabel"]![i]! - 1,
        }));

    private static float Number(JsonNode? node) => node!.GetValueKind() == System.Text.Json.JsonValueKind.String ? float.NaN : (float)node;

    private sealed class BinaryRow
    {
        public bool Label { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }

    private sealed class NamedRow
    {
        public string Label { get; set; } = "";

        [VectorType(3)]
        public float[] Score { get; set; } = [];

        public string PredictedLabel { get; set; } = "";
    }

    private sealed class WineRow
    {
        public string Label { get; set; } = "";

        public string PredictedLabel { get; set; } = "";

        public float class_0 { get; set; }

        public float class_1 { get; set; }

        public float class_2 { get; set; }
    }

    private sealed class KeyedRow
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(3)]
        public float[] Score { get; set; } = [];

        [KeyType(3)]
        public uint PredictedLabel { get; set; }
    }

    private sealed class KeyName
    {
        public string Name { get; set; } = "";
    }

    private sealed class RegressionRow
    {
        public float Label { get; set; }

        public float Score { get; set; }
    }
}
