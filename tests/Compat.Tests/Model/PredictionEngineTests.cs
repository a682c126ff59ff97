using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>A saved and reloaded iris model, applied to single objects, predicts as ML.NET's does.</summary>
[TestClass]
public sealed class PredictionEngineTests
{
    private const double Tolerance = 1e-3;
    private static readonly GoldenFile Golden = new("prediction_engine.json");
    private static readonly Lazy<byte[]> Model = new(Train);

    private readonly MLContext _ml = new();

    [TestMethod]
    public void Predictions_are_ML_NETs()
    {
        using PredictionEngine<TransformData.IrisRow, Prediction> engine = Engine<TransformData.IrisRow, Prediction>();
        foreach (JsonNode? golden in Golden["predictions"].AsArray())
        {
            Prediction prediction = engine.Predict(TransformData.IrisRows()[(int)golden!["row_index"]!]);
            AssertPrediction(golden, prediction);
        }
    }

    [TestMethod]
    public void Inputs_properties_and_vectors_can_be_read_back()
    {
        using PredictionEngine<TransformData.IrisRow, DetailedPrediction> engine = Engine<TransformData.IrisRow, DetailedPrediction>();
        JsonArray golden = Golden["output_class_with_inputs_and_properties"].AsArray();
        int[] rows = [0, 49];
        for (int i = 0; i < rows.Length; i++)
        {
            DetailedPrediction prediction = engine.Predict(TransformData.IrisRows()[rows[i]]);
            Assert.AreEqual((string)golden[i]!["Guess"]!, prediction.Guess);
            Assert.AreEqual((float)golden[i]!["SepalLength"]!, prediction.SepalLength);
            AssertNumbers(golden[i]!["Features"]!, [.. prediction.Features.DenseValues()]);
            AssertNumbers(golden[i]!["Score"]!, prediction.Score);
        }
    }

    [TestMethod]
    public void A_reused_prediction_keeps_its_array()
    {
        using PredictionEngine<TransformData.IrisRow, Prediction> engine = Engine<TransformData.IrisRow, Prediction>();
        var prediction = new Prediction();
        engine.Predict(TransformData.IrisRows()[0], ref prediction);
        float[] first = prediction.Score;
        engine.Predict(TransformData.IrisRows()[100], ref prediction);
        Assert.AreEqual((bool)Golden["same_instance_reused"]["score_array_same_object"]!, ReferenceEquals(first, prediction.Score));
        Assert.AreEqual((string)Golden["same_instance_reused"]["PredictedLabel"]!, prediction.PredictedLabel);
    }

    [TestMethod]
    public void The_sizes_of_vectors_can_come_from_a_schema()
    {
        var definition = SchemaDefinition.Create(typeof(OpenVector));
        definition["Values"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        IDataView data = _ml.Data.LoadFromEnumerable<OpenVector>([new() { Values = [2, 4] }, new() { Values = [1, 8] }], definition);
        ITransformer model = _ml.Transforms.NormalizeMinMax("Values").Fit(data);
        using PredictionEngine<OpenVector, OpenVector> engine = _ml.Model.CreatePredictionEngine<OpenVector, OpenVector>(model, data.Schema);
        CollectionAssert.AreEqual(new float[] { 0.5f, 0.25f }, engine.Predict(new() { Values = [1, 2] }).Values);
    }

    [TestMethod]
    public void A_missing_label_does_not_matter_and_a_missing_feature_gives_no_label()
    {
        using PredictionEngine<TransformData.IrisRow, Prediction> engine = Engine<TransformData.IrisRow, Prediction>();
        TransformData.IrisRow row = TransformData.IrisRows()[0];
        string labelled = engine.Predict(row).PredictedLabel;
        row.Label = null!;
        Assert.AreEqual(labelled, engine.Predict(row).PredictedLabel);
        row.SepalWidth = float.NaN;
        AssertPrediction(Golden["nan_feature"], engine.Predict(row));
    }

    [TestMethod]
    public void The_saved_schema_and_the_output_schema_are_ML_NETs()
    {
        using PredictionEngine<TransformData.IrisRow, Prediction> engine = Engine<TransformData.IrisRow, Prediction>();
        AssertSchema("output_schema", engine.OutputSchema);
        _ml.Model.Load(new MemoryStream(Model.Value), out DataViewSchema inputSchema);
        AssertSchema("saved_input_schema", inputSchema);
    }

    [TestMethod]
    public void Binding_errors_are_ML_NETs()
    {
        JsonNode errors = Golden["errors"];
        AssertError(Golden["output_property_bound_to_key_column_as_string"], () => Engine<TransformData.IrisRow, LabelAsText>());
        AssertError(errors["output_property_wrong_type"]!, () => Engine<TransformData.IrisRow, NumericPrediction>());
        AssertError(errors["input_class_lacks_columns"]!, () => Engine<PartialRow, Prediction>());
        AssertError(errors["load_missing_file"]!, () => _ml.Model.Load("nope.zip", out _));
        using PredictionEngine<TransformData.IrisRow, ExtraPrediction> lenient = Engine<TransformData.IrisRow, ExtraPrediction>();
        Assert.IsNull(lenient.Predict(TransformData.IrisRows()[0]).Missing);
    }

    private static byte[] Train()
    {
        var ml = new MLContext(seed: 1);
        IDataView iris = TransformData.Iris(ml);
        var pipeline = ml.Transforms.Concatenate("Features", TransformData.IrisFeatures)
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(ml.Transforms.Conversion.MapValueToKey("Label"))
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        using MemoryStream file = new();
        ml.Model.Save(pipeline.Fit(iris), iris.Schema, file);
        return file.ToArray();
    }

    private PredictionEngine<TSrc, TDst> Engine<TSrc, TDst>()
        where TSrc : class
        where TDst : class, new() =>
        _ml.Model.CreatePredictionEngine<TSrc, TDst>(_ml.Model.Load(new MemoryStream(Model.Value), out _));

    private static void AssertPrediction(JsonNode golden, Prediction prediction)
    {
        Assert.AreEqual((string)golden["PredictedLabel"]!, prediction.PredictedLabel);
        AssertNumbers(golden["Score"]!, prediction.Score);
    }

    private static void AssertNumbers(JsonNode golden, float[] actual)
    {
        Assert.HasCount(golden.AsArray().Count, actual);
        for (int i = 0; i < actual.Length; i++)
        {
            if (golden[i]!.GetValueKind() == System.Text.Json.JsonValueKind.String)
            {
                Assert.AreEqual((string)golden[i]!, (string)GoldenFile.Value(actual[i])!);
            }
            else
            {
                Assert.AreEqual((float)golden[i]!, actual[i], Tolerance);
            }
        }
    }

    private static void AssertSchema(string name, DataViewSchema schema) =>
        TransformJson.AssertClose(Golden[name], new JsonArray([.. schema.Select(TransformJson.Column)]), name);

    private static void AssertError(JsonNode golden, Func<object> action) => TransformJson.AssertClose(golden, WithoutPath(GoldenFile.Outcome(() =>
    {
        action();
        return null;
    })), "error");

    // The golden message of a missing file names it without its folder.
    private static JsonNode? WithoutPath(JsonNode? outcome)
    {
        if (outcome?["message"] is { } message)
        {
            outcome["message"] = ((string)message!).Replace(Path.Combine(Environment.CurrentDirectory, ""), "", StringComparison.Ordinal).Replace("'/", "'", StringComparison.Ordinal);
        }

        return outcome;
    }

    private sealed class Prediction
    {
        public string PredictedLabel = "";
        public float[] Score = [];
    }

    private sealed class DetailedPrediction
    {
        public float SepalLength { get; set; }

        [ColumnName("PredictedLabel")]
        public string Guess { get; set; } = "";

        public VBuffer<float> Features { get; set; }

        public float[] Score { get; set; } = [];
    }

    private sealed class LabelAsText
    {
        public string Label { get; set; } = "";
    }

    private sealed class NumericPrediction
    {
        public float PredictedLabel { get; set; }
    }

    private sealed class ExtraPrediction
    {
        public string? Missing { get; set; }
    }

    private sealed class OpenVector
    {
        public float[] Values { get; set; } = [];
    }

    private sealed class PartialRow
    {
        public float SepalLength { get; set; }

        public string Label { get; set; } = "";
    }
}
