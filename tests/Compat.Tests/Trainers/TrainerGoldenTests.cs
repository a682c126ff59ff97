using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using BinaryTrainers = Microsoft.ML.BinaryClassificationCatalog.BinaryClassificationTrainers;
using MulticlassTrainers = Microsoft.ML.MulticlassClassificationCatalog.MulticlassClassificationTrainers;

namespace EE569.Compat.Tests;

/// <summary>Built-in trainers add ML.NET's columns with its annotations, and refuse what it refuses in its words (schema.json).</summary>
[TestClass]
public class TrainerGoldenTests
{
    private static readonly GoldenFile Golden = new("schema.json");

    private static readonly Dictionary<string, Func<BinaryTrainers, string, string, string?, IEstimator<ITransformer>>> Binary = new()
    {
        ["SdcaLogisticRegression"] = (trainers, label, features, weight) => trainers.SdcaLogisticRegression(label, features, weight),
        ["SdcaNonCalibrated"] = (trainers, label, features, weight) => trainers.SdcaNonCalibrated(label, features, weight),
        ["LbfgsLogisticRegression"] = (trainers, label, features, weight) => trainers.LbfgsLogisticRegression(label, features, weight),
        ["AveragedPerceptron"] = (trainers, label, features, _) => trainers.AveragedPerceptron(label, features),
    };

    private static readonly Dictionary<string, Func<MulticlassTrainers, BinaryTrainers, string, string, string?, IEstimator<ITransformer>>> Multiclass = new()
    {
        ["SdcaMaximumEntropy"] = (trainers, _, label, features, weight) => trainers.SdcaMaximumEntropy(label, features, weight),
        ["LbfgsMaximumEntropy"] = (trainers, _, label, features, weight) => trainers.LbfgsMaximumEntropy(label, features, weight),
        ["OneVersusAll(AveragedPerceptron)"] = (trainers, binary, label, features, _) => trainers.OneVersusAll(binary.AveragedPerceptron(label, features), label),
    };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Trainers => Golden["trainers"].AsArray().Select((trainer, i) => (Golden: trainer!, Index: i))
        .Where(trainer => IsOffered((string)trainer.Golden["task"]!, (string)trainer.Golden["trainer"]!))
        .Select(trainer => new object[] { trainer.Index, $"{trainer.Golden["about"]}" });

    public static IEnumerable<object[]> Mistakes => Golden["errors"].AsArray().Select((error, i) => (About: (string)error!["about"]!, Scenario: (string)error["scenario"]!, Index: i))
        .Where(error => IsOffered(Task(error.About), TrainerOf(error.About)) && Arrangement(error.Scenario) is not null)
        .Select(error => new object[] { error.Index, error.About });

    [TestMethod]
    [DynamicData(nameof(Trainers))]
    public void Columns_are_ML_NETs(int index, string about)
    {
        JsonNode golden = Golden["trainers"][index]!;
        string name = (string)golden["trainer"]!;
        bool binary = (string)golden["task"]! == "BinaryClassification";
        IDataView data = binary ? Gaussians() : Iris(about);
        IEstimator<ITransformer> estimator = binary
            ? Binary[name](_ml.BinaryClassification.Trainers, "Label", "Features", null)
            : Multiclass[name](_ml.MulticlassClassification.Trainers, _ml.BinaryClassification.Trainers, "Label", "Features", null);

        TransformJson.AssertClose(golden["get_output_schema"], GoldenFile.Outcome(() => TransformJson.Shape(ShapeProbe.OutputShape(estimator, data))), about);
        ITransformer model = estimator.Fit(data);
        Assert.AreEqual((string)golden["fit"]!["transformer_type"]!, TransformJson.TypeName(model.GetType()));
        DataViewSchema schema = model.Transform(data).Schema;
        JsonArray actual = new([.. golden["fit"]!["output_schema"]!.AsArray().Select(column => TransformJson.Column(schema[(int)column!["index"]!]))]);
        TransformJson.AssertClose(golden["fit"]!["output_schema"], actual, about);
    }

    [TestMethod]
    [DynamicData(nameof(Mistakes))]
    public void Mistakes_are_named_as_by_ML_NET(int index, string about)
    {
        JsonNode golden = Golden["errors"][index]!;
        (Row[] rows, string? labelSource, string featureSource, string label, string features, string? weight) = Arrangement((string)golden["scenario"]!)!.Value;
        string name = TrainerOf(about);
        bool binary = Binary.ContainsKey(name);
        IDataView plain = _ml.Data.LoadFromEnumerable(rows);
        IDataView data = _ml.Transforms.CopyColumns("Label", labelSource ?? (binary ? nameof(Row.Flag) : nameof(Row.Key)))
            .Append(_ml.Transforms.CopyColumns("Features", featureSource)).Fit(plain).Transform(plain);
        JsonNode? actual = GoldenFile.Outcome(() =>
        {
            IEstimator<ITransformer> estimator = binary
                ? Binary[name](_ml.BinaryClassification.Trainers, label, features, weight)
                : Multiclass[name](_ml.MulticlassClassification.Trainers, _ml.BinaryClassification.Trainers, label, features, weight);
            estimator.Fit(data);
            return null;
        });
        TransformJson.AssertClose(golden["outcome"], actual, about);
    }

    private static string Task(string about) => about.StartsWith("mlContext.", StringComparison.Ordinal) ? about.Split('.')[1] : "";

    private static string TrainerOf(string about) => about.Split('.') is [_, _, "Trainers", var call, ..] ? call.Split('(')[0] : "";

    private static bool IsOffered(string task, string trainer) => task == "BinaryClassification" ? Binary.ContainsKey(trainer) : Multiclass.ContainsKey(trainer);

    /// <summary>The rows of a scenario, which of their members is Label and which Features, and the names the trainer is given.</summary>
    private static (Row[] Rows, string? LabelSource, string FeatureSource, string Label, string Features, string? Weight)? Arrangement(string scenario)
    {
        Row[] rows = [.. Enumerable.Range(0, 20).Select(i => new Row { Flag = i % 2 == 0, Key = (uint)(i % 3), Numbers = [i, -i] })];
        return scenario switch
        {
            "feature_column_missing" => (rows, null, nameof(Row.Numbers), "Label", "Nope", null),
            "feature_column_scalar" => (rows, null, nameof(Row.Numbers), "Label", "W", null),
            "feature_column_double_vector" => (rows, null, nameof(Row.Doubles), "Label", "Features", null),
            "feature_column_variable_length" => (rows, null, nameof(Row.Free), "Label", "Features", null),
            "label_column_missing" => (rows, null, nameof(Row.Numbers), "Nope", "Features", null),
            "label_text" => (rows, nameof(Row.Text), nameof(Row.Numbers), "Label", "Features", null),
            "label_float" => (rows, nameof(Row.W), nameof(Row.Numbers), "Label", "Features", null),
            "label_int" => (rows, null, nameof(Row.Numbers), "IntLabel", "Features", null),
            "weight_column_missing" => (rows, null, nameof(Row.Numbers), "Label", "Features", "NoW"),
            "empty_training_set" or "zero_rows_after_filter" => ([], null, nameof(Row.Numbers), "Label", "Features", null),
            "all_nan_features" => ([new Row { Numbers = [float.NaN, float.NaN] }], null, nameof(Row.Numbers), "Label", "Features", null),
            _ => null,
        };
    }

    private IDataView Gaussians()
    {
        IDataView table = _ml.Data.LoadFromTextFile(Data("gaussians.csv"), new TextLoader.Options
        {
            HasHeader = true,
            Separators = [','],
            Columns = [new("X1", DataKind.Single, 0), new("X2", DataKind.Single, 1), new("Label", DataKind.Boolean, 2)],
        });
        return _ml.Transforms.Concatenate("Features", "X1", "X2").Fit(table).Transform(table);
    }

    /// <summary>Iris, or rows with the kind of label that the golden case says.</summary>
    private IDataView Iris(string about)
    {
        if (about.Contains("without key values", StringComparison.Ordinal))
            return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new KeyRow { Label = (uint)(i % 3), Features = [i % 3, i % 5] }));
        IDataView values = about.Contains("Int32", StringComparison.Ordinal)
            ? _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new NumberRow { Label = i % 3 * 10, Features = [i % 3, i % 5] }))
            : TransformData.IrisWithFeatures(_ml);
        return _ml.Transforms.Conversion.MapValueToKey("Label").Fit(values).Transform(values);
    }

    private static string Data(string file) => Path.Combine(AppContext.BaseDirectory, "Data", file);

    private sealed class Row
    {
        public bool Flag { get; set; }

        [KeyType(3)]
        public uint Key { get; set; }

        public string Text { get; set; } = "";

        public float W { get; set; }

        public int IntLabel { get; set; }

        [VectorType(2)]
        public float[] Numbers { get; set; } = [0, 0];

        [VectorType(2)]
        public double[] Doubles { get; set; } = [0, 0];

        public float[] Free { get; set; } = [];
    }

    private sealed class KeyRow
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    private sealed class NumberRow
    {
        public int Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
