using System.Text.Json;
using System.Text.Json.Serialization;

namespace EE569.Benchmarks.Quality;

/// <summary>A table of the manifest, tables.json.</summary>
/// <param name="Name">In results and on the page.</param>
/// <param name="Task">What is to be predicted.</param>
/// <param name="Use">Tuning: serves to choose defaults; Report: only reports.</param>
/// <param name="Label">Column to predict; columns without a header are Column1, Column2, ...</param>
/// <param name="Rows">Of the original, over all files.</param>
/// <param name="Columns">Of each file.</param>
/// <param name="Licence">Of the data.</param>
/// <param name="Source">Where the data come from.</param>
/// <param name="Files">Rows of all files are joined; with several, the file becomes a feature.</param>
internal sealed record TableEntry(string Name, TableTask Task, TableUse Use, string Label, int Rows, int Columns, string Licence, string Source, TableFile[] Files)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Columns that are no features: names, numbers of rows.</summary>
    public string[] Drop { get; init; } = [];

    /// <summary>Whether the first line names the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Between cells.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Whether the natural logarithm of the label is predicted.</summary>
    public bool LogLabel { get; init; }

    /// <summary>Errors published for TabArena's first split by name of the model: the single fit out of fold, the bag of 8 on test rows.</summary>
    public Dictionary<string, double[]> Published { get; init; } = [];

    /// <summary>The whole manifest.</summary>
    public static TableEntry[] All { get; } =
        JsonSerializer.Deserialize<TableEntry[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Quality", "tables.json")), _json)!;
}
