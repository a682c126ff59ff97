using System.Text.Json;

namespace EE569.Trainers.Tests.Support;

/// <summary>What the real ML.NET gave: the columns of its trainers, and the errors of wrong columns.</summary>
internal static class GoldenSchema
{
    private static readonly JsonElement[] Files =
        [.. new[] { "schema.json", "schema-more.json" }.Select(file => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file))).RootElement)];

    /// <summary>The columns of a scored view, in the form of <see cref="SchemaText"/>.</summary>
    public static string[] Output(string trainer)
    {
        var recorded = Files.SelectMany(file => file.GetProperty("trainers").EnumerateArray()).First(entry => entry.GetProperty("trainer").GetString() == trainer);
        return [.. recorded.GetProperty("fit").GetProperty("output_schema").EnumerateArray().SelectMany(Column)];
    }

    /// <summary>The exception type and message of every wrong column that was tried.</summary>
    public static IEnumerable<(string Type, string Message)> ColumnErrors(string trainer) => Files
        .SelectMany(file => file.GetProperty("errors").EnumerateArray())
        .Where(error => error.GetProperty("about").GetString()!.Contains($".{trainer}(", StringComparison.Ordinal) && error.GetProperty("outcome").TryGetProperty("exception", out _))
        .Select(error => (error.GetProperty("outcome").GetProperty("exception").GetString()!, error.GetProperty("outcome").GetProperty("message").GetString()!))
        .Where(error => error.Item2.Contains(" column '", StringComparison.Ordinal))
        .Distinct();

    private static IEnumerable<string> Column(JsonElement column)
    {
        yield return $"{column.GetProperty("name").GetString()} {column.GetProperty("type").GetString()} hidden={column.GetProperty("is_hidden").GetBoolean()}";
        foreach (var annotation in column.GetProperty("annotations").EnumerateArray().OrderBy(a => a.GetProperty("name").GetString()))
        {
            var value = annotation.GetProperty("value");
            string text = value.ValueKind == JsonValueKind.Array ? $"[{string.Join(", ", value.EnumerateArray().Select(item => item.ToString()))}]" : value.ToString();
            yield return $"  {annotation.GetProperty("name").GetString()} {annotation.GetProperty("type").GetString()} {text}";
        }
    }
}
