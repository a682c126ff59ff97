using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>Evaluating, scoring and loading what does not fit ends as in ML.NET (the errors of schema.json that are not a trainer's).</summary>
[TestClass]
public class MistakesGoldenTests
{
    private static readonly Dictionary<string, JsonObject> Golden = new GoldenFile("schema.json")["errors"].AsArray()
        .GroupBy(error => (string)error!["scenario"]!).ToDictionary(group => group.Key, group => group.First()!.AsObject());

    private static readonly Dictionary<string, Func<MLContext, object?>> Scenarios = new()
    {
        ["evaluate_without_score_binary"] = ml => ml.BinaryClassification.Evaluate(Rows(ml)),
        ["evaluate_noncalibrated_without_score"] = ml => ml.BinaryClassification.EvaluateNonCalibrated(Rows(ml)),
        ["evaluate_without_probability"] = ml => ml.BinaryClassification.Evaluate(ml.BinaryClassification.Trainers.AveragedPerceptron().Fit(Rows(ml)).Transform(Rows(ml))),
        ["evaluate_missing_label"] = ml => ml.BinaryClassification.Evaluate(Scored(ml, true, false), labelColumnName: "Nope"),
        ["evaluate_empty_binary"] = ml => ml.BinaryClassification.Evaluate(Scored(ml)),
        ["evaluate_single_class_test"] = ml => ml.BinaryClassification.Evaluate(Scored(ml, true, true)),
        ["evaluate_without_score_multiclass"] = ml => ml.MulticlassClassification.Evaluate(Rows(ml)),
        ["evaluate_multiclass_text_label"] = ml => ml.MulticlassClassification.Evaluate(ScoredClasses(ml), labelColumnName: "T"),
        ["evaluate_without_score_regression"] = ml => ml.Regression.Evaluate(Rows(ml)),
        ["transform_missing_features"] = ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(Rows(ml)).Transform(ScoredClasses(ml)),
        ["transform_wrong_size_features"] = ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(Rows(ml)).Transform(
            ml.Data.LoadFromEnumerable([new LongRow()])).GetColumn<float>("Score").ToArray(),
        ["load_from_enumerable_null"] = ml => ml.Data.LoadFromEnumerable<LongRow>(null!),
        ["fit_null"] = ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(null!),
    };

    public static IEnumerable<object[]> Names => Scenarios.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void It_ends_as_in_ML_NET(string name)
    {
        JsonNode? actual = GoldenFile.Outcome(() =>
        {
            Scenarios[name](new MLContext(seed: 1));
            return "succeeded";
        });
        TransformJson.AssertClose(Golden[name]["outcome"], actual, name);
    }

    private static IDataView Rows(MLContext ml) => ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Row { Label = i % 2 == 0, Features = [i, 20 - i] }));

    private static IDataView Scored(MLContext ml, params bool[] labels) =>
        ml.Data.LoadFromEnumerable(labels.Select(label => new ScoredRow { Label = label, Score = 1, Probability = 0.7f, PredictedLabel = true }));

    private static IDataView ScoredClasses(MLContext ml) => ml.Data.LoadFromEnumerable([new ClassRow()]);

    private sealed class Row
    {
        public bool Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    private sealed class LongRow
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [0, 0, 0, 0];
    }

    private sealed class ScoredRow
    {
        public bool Label { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }

    private sealed class ClassRow
    {
        public string T { get; set; } = "a";

        [VectorType(3)]
        public float[] Score { get; set; } = [0.2f, 0.3f, 0.5f];

        [KeyType(3)]
        public uint PredictedLabel { get; set; }
    }
}
