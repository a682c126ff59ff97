using System.Text.Json.Nodes;
using Microsoft.Data.Analysis;

namespace EE569.Compat.Tests;

/// <summary>Frames as the golden file notes them.</summary>
internal static class DataFrameJson
{
    public static JsonNode Of(DataFrame frame) => new JsonObject
    {
        ["row_count"] = frame.Rows.Count,
        ["columns"] = new JsonArray([.. frame.Columns.Select(Of)]),
    };

    /// <summary>A column as a frame of its own.</summary>
    public static JsonNode Single(DataFrameColumn column) => new JsonObject
    {
        ["row_count"] = column.Length,
        ["columns"] = new JsonArray(Of(column)),
    };

    public static JsonNode? Values(DataFrameColumn column) =>
        GoldenFile.Value(Enumerable.Range(0, (int)column.Length).Select(row => column[row]));

    private static JsonNode Of(DataFrameColumn column) => new JsonObject
    {
        ["name"] = column.Name,
        ["column_class"] = ClassName(column.GetType()),
        ["data_type"] = column.DataType.Name,
        ["null_count"] = column.NullCount,
        ["values"] = column is VBufferDataFrameColumn<float> vectors
            ? GoldenFile.Value(vectors.Select(vector => vector.DenseValues()))
            : Values(column),
    };

    private static string ClassName(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{type.GetGenericArguments()[0].Name}>" : type.Name;
}
