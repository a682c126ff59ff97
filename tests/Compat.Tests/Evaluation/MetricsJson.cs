using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>Metrics as the golden files note them: every public property under its name.</summary>
internal static class MetricsJson
{
    public static JsonObject Of(object metrics) => new(metrics.GetType().GetProperties().Select(property => KeyValuePair.Create(
        property.Name,
        property.GetValue(metrics) is ConfusionMatrix matrix ? Of(matrix) : GoldenFile.Value(property.GetValue(metrics)))));

    /// <summary>Equality to float precision: scores and probabilities are floats, and so is what ML.NET sums of them.</summary>
    public static void AssertClose(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected, actual)
        {
            case (JsonObject golden, JsonObject ours):
                foreach ((string name, JsonNode? value) in golden)
                    AssertClose(value, ours[name], $"{path}.{name}");
                break;
            case (JsonArray golden, JsonArray ours):
                Assert.HasCount(golden.Count, ours, path);
                for (int i = 0; i < golden.Count; i++)
                    AssertClose(golden[i], ours[i], $"{path}[{i}]");
                break;
            case (JsonValue golden, JsonValue ours) when golden.GetValueKind() == System.Text.Json.JsonValueKind.Number:
                double number = double.Parse(golden.ToJsonString(), CultureInfo.InvariantCulture);
                Assert.AreEqual(number, double.Parse(ours.ToJsonString(), CultureInfo.InvariantCulture), 1e-7 * Math.Max(1, Math.Abs(number)), path);
                break;
            default:
                Assert.AreEqual(expected?.ToJsonString(), actual?.ToJsonString(), path);
                break;
        }
    }

    public static JsonObject Of(ConfusionMatrix matrix) => new()
    {
        ["NumberOfClasses"] = matrix.NumberOfClasses,
        ["Counts"] = GoldenFile.Value(matrix.Counts),
        ["PerClassPrecision"] = GoldenFile.Value(matrix.PerClassPrecision),
        ["PerClassRecall"] = GoldenFile.Value(matrix.PerClassRecall),
        ["GetFormattedConfusionTable"] = matrix.GetFormattedConfusionTable(),
    };
}
