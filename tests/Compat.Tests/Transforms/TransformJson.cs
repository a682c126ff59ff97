using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>Transformed views as transforms.json and schema.json note them.</summary>
internal static class TransformJson
{
    /// <summary>As many values of a column as the golden one has, vectors dense.</summary>
    public static JsonNode? Values(IDataView view, string column, JsonArray? golden)
    {
        int rows = golden?.Count ?? int.MaxValue;
        try
        {
            return new JsonArray([.. DataViewJson.Values(view, view.Schema[column])!.AsArray().Take(rows).Select(value => Dense(value?.DeepClone()))]);
        }
        catch (InvalidOperationException worker) when (worker.InnerException is { } inner)
        {
            // ML.NET may read rows on worker threads, and wraps what they throw.
            throw inner;
        }
    }

    /// <summary>A column with the values of its annotations.</summary>
    public static JsonObject Column(DataViewSchema.Column column)
    {
        JsonObject json = DataViewJson.Of(column);
        json["annotations"] = new JsonArray([.. column.Annotations.Schema.Select(annotation => new JsonObject
        {
            ["name"] = annotation.Name,
            ["type"] = annotation.Type.ToString(),
            ["value"] = Annotation(column.Annotations, annotation),
        })]);
        return json;
    }

    public static JsonArray Shape(SchemaShape shape) => new([.. shape.Select(column => new JsonObject
    {
        ["name"] = column.Name,
        ["kind"] = column.Kind.ToString(),
        ["item_type"] = column.ItemType.ToString(),
        ["is_key"] = column.IsKey,
        ["annotations"] = new JsonArray([.. column.Annotations.Select(
            annotation => JsonValue.Create($"{annotation.Name}: {annotation.Kind} of {annotation.ItemType}{(annotation.IsKey ? " key" : "")}"))]),
    })]);

    public static string TypeName(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(",", type.GetGenericArguments().Select(TypeName))}>"
        : type.Name;

    /// <summary>
    /// Asserts that all the golden node notes is found: numbers to single precision, text exactly, and of an exception
    /// that a worker thread wrapped the inner one.
    /// </summary>
    public static void AssertClose(JsonNode? expected, JsonNode? actual, string path)
    {
        expected = Dense(Unwrapped(expected));
        actual = Dense(actual);
        switch (expected, actual)
        {
            case (JsonObject golden, JsonObject ours):
                foreach ((string name, JsonNode? value) in golden)
                {
                    AssertClose(value, ours[name], $"{path}.{name}: {(ours["exception"] is null ? "" : ours.ToJsonString())}");
                }

                break;
            case (JsonArray golden, JsonArray ours):
                Assert.HasCount(golden.Count, ours, $"{path}: {ours.ToJsonString()}");
                for (int i = 0; i < golden.Count; i++)
                {
                    AssertClose(golden[i], ours[i], $"{path}[{i}]");
                }

                break;
            case (JsonValue golden, JsonValue ours) when golden.GetValueKind() == JsonValueKind.Number && ours.GetValueKind() == JsonValueKind.Number:
                double wanted = Number(golden);
                Assert.AreEqual(wanted, Number(ours), 1e-6 * Math.Max(1e-6, Math.Abs(wanted)), path);
                break;
            default:
                Assert.AreEqual(expected?.ToJsonString(), actual?.ToJsonString(), path);
                break;
        }
    }

    private static double Number(JsonValue value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static JsonNode? Unwrapped(JsonNode? node) => node is JsonObject golden && golden["inner"] is JsonObject inner ? inner : node;

    private static JsonNode? Dense(JsonNode? node)
    {
        if (node is not JsonObject sparse || sparse["sparse_indices"] is not JsonArray indices)
        {
            return node;
        }

        JsonNode[] values = [.. Enumerable.Range(0, (int)sparse["length"]!).Select(_ => (JsonNode)JsonValue.Create(0))];
        for (int i = 0; i < indices.Count; i++)
        {
            values[(int)indices[i]!] = sparse["sparse_values"]![i]!.DeepClone();
        }

        return new JsonArray(values);
    }

    private static JsonNode? Annotation(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        object? value = typeof(TransformJson).GetMethod(nameof(Read), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(annotation.Type.RawType).Invoke(null, [annotations, annotation.Name]);
        return GoldenFile.Value(value);
    }

    private static object? Read<T>(DataViewSchema.Annotations annotations, string kind)
    {
        T value = default!;
        annotations.GetValue(kind, ref value);
        return typeof(T).GetMethod(nameof(VBuffer<>.DenseValues))?.Invoke(value, null) ?? value;
    }
}
