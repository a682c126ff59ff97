using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EE569.Compat.Tests;

/// <summary>Figures taken from the real ML.NET (see Golden/), and the comparison of an outcome with them.</summary>
internal sealed class GoldenFile
{
    private readonly JsonObject _root;

    public GoldenFile(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Golden", name);
        _root = (JsonObject)JsonNode.Parse(File.ReadAllText(path))!;
    }

    public JsonNode this[string property] => _root[property]!;

    public IEnumerable<string> CaseNames => _root["cases"]!.AsArray().Select(golden => (string)golden!["name"]!);

    public JsonObject Case(string name) => (JsonObject)_root["cases"]!.AsArray().Single(golden => (string)golden!["name"]! == name)!;

    /// <summary>What <paramref name="action"/> returns, or the exception it throws, as the golden files note it.</summary>
    public static JsonNode? Outcome(Func<JsonNode?> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is not AssertFailedException)
        {
            var outcome = new JsonObject { ["exception"] = exception.GetType().FullName, ["message"] = exception.Message };
            if (exception is ArgumentException { ParamName: string name })
            {
                outcome["param_name"] = name;
            }

            return outcome;
        }
    }

    /// <summary>Dates in the round-trip format, NaN and infinities as text, other values as JSON knows them.</summary>
    public static JsonNode? Value(object? value) => value switch
    {
        null => null,
        JsonNode node => node,
        bool flag => flag,
        float number => float.IsFinite(number) ? number : number.ToString(CultureInfo.InvariantCulture),
        double number => double.IsFinite(number) ? number : number.ToString(CultureInfo.InvariantCulture),
        DateTime date => date.ToString("o", CultureInfo.InvariantCulture),
        DateTimeOffset date => date.ToString("o", CultureInfo.InvariantCulture),
        TimeSpan or char => value.ToString(),
        ReadOnlyMemory<char> text => text.ToString(),
        string text => text,
        System.Collections.IEnumerable values => new JsonArray([.. values.Cast<object?>().Select(Value)]),
        _ => JsonNode.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!),
    };

    /// <summary>Asserts equality to the last digit: numbers as doubles, objects by the properties of the golden one.</summary>
    public static void AssertEqual(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected, actual)
        {
            case (JsonObject golden, JsonObject ours):
                foreach ((string name, JsonNode? value) in golden)
                {
                    AssertEqual(value, ours[name], $"{path}.{name}");
                }

                break;
            case (JsonArray golden, JsonArray ours):
                Assert.HasCount(golden.Count, ours, path);
                for (int i = 0; i < golden.Count; i++)
                {
                    AssertEqual(golden[i], ours[i], $"{path}[{i}]");
                }

                break;
            default:
                Assert.AreEqual(Comparable(expected), Comparable(actual), path);
                break;
        }
    }

    private static object? Comparable(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number
        ? double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture)
        : node?.ToJsonString();
}
