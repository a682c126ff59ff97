using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>Data views as the golden files note them: the schema, and the rows column by column.</summary>
internal static class DataViewJson
{
    public static JsonNode Of(IDataView view) => new JsonObject
    {
        ["schema"] = new JsonArray([.. view.Schema.Select(Of)]),
        ["columns"] = new JsonObject(view.Schema.Select(
            column => KeyValuePair.Create(column.Name, GoldenFile.Outcome(() => Values(view, column))))),
    };

    public static JsonNode? Values(IDataView view, DataViewSchema.Column column)
    {
        Type item = column.Type.RawType;
        Type[] arguments = item.IsGenericType && item.GetGenericTypeDefinition() == typeof(VBuffer<>) ? item.GetGenericArguments() : [item];
        string reader = arguments[0] == item ? nameof(Scalars) : nameof(Vectors);
        MethodInfo method = typeof(DataViewJson).GetMethod(reader, BindingFlags.NonPublic | BindingFlags.Static)!;
        return (JsonNode?)method.MakeGenericMethod(arguments).Invoke(
            null, BindingFlags.DoNotWrapExceptions, binder: null, [view, column], culture: null);
    }

    public static JsonObject Of(DataViewSchema.Column column)
    {
        var json = new JsonObject
        {
            ["name"] = column.Name,
            ["index"] = column.Index,
            ["is_hidden"] = column.IsHidden,
            ["type"] = column.Type.ToString(),
            ["raw_type"] = TypeName(column.Type.RawType),
            ["annotations"] = new JsonArray([.. column.Annotations.Schema.Select(annotation => JsonValue.Create(annotation.Name))]),
        };
        if (column.Type is VectorDataViewType vector)
        {
            json["vector_size"] = vector.Size;
            json["dimensions"] = GoldenFile.Value(vector.Dimensions);
            json["item_type"] = vector.ItemType.ToString();
        }
        else if (column.Type is KeyDataViewType key)
        {
            json["key_count"] = key.Count;
        }

        return json;
    }

    private static string TypeName(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{type.GetGenericArguments()[0].Name}>" : type.Name;

    private static JsonArray Scalars<T>(IDataView view, DataViewSchema.Column column) =>
        Read<T>(view, column, value => GoldenFile.Value(value));

    private static JsonArray Vectors<T>(IDataView view, DataViewSchema.Column column) => Read<VBuffer<T>>(view, column, vector =>
    {
        JsonNode? values = GoldenFile.Value(vector.GetValues().ToArray());
        return vector.IsDense ? values : new JsonObject
        {
            ["length"] = vector.Length,
            ["sparse_indices"] = GoldenFile.Value(vector.GetIndices().ToArray()),
            ["sparse_values"] = values,
        };
    });

    private static JsonArray Read<T>(IDataView view, DataViewSchema.Column column, Func<T, JsonNode?> note)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<T> getter = cursor.GetGetter<T>(column);
        var values = new JsonArray();
        T value = default!;
        while (cursor.MoveNext())
        {
            getter(ref value);
            values.Add(note(value));
        }

        return values;
    }
}
