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

    private static readonly string[] WineFeatures = ["Alcohol", "MalicAcid"];

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

    [TestMethod]
    public void A_table_of_long_class_names_numbers_them()
    {
        JsonObject golden = Golden.Case("formatted_table_wine_2_features");
        MLContext ml = new(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile(Path.Combine(AppContext.BaseDirectory, "Data", "wine.csv"), WineOptions());
        IEstimator<ITransformer> pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.Concatenate("Features", WineFeatures))
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        ConfusionMatrix matrix = ml.MulticlassClassification.Evaluate(pipeline.Fit(data).Transform(data)).ConfusionMatrix;
        Assert.AreEqual((string)golden["Evaluate"]!["ConfusionMatrix"]!["GetFormattedConfusionTable"]!, matrix.GetFormattedConfusionTable());
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

    private static TextLoader.Options WineOptions()
    {
        string[] header = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "wine.csv")).First().Split(',');
        return new()
        {
            HasHeader = true,
            Separators = [','],
            Columns =
            [
                .. WineFeatures.Select(name => new TextLoader.Column(name, DataKind.Single, Array.IndexOf(header, name))),
                new("Label", DataKind.String, Array.IndexOf(header, "Label")),
            ],
        };
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
