using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EE569.Experiments.Charts;

/// <summary>
/// The grammar's building blocks. Specifications are written as anonymous objects, which read like the JSON they become; what is null is
/// left out.
/// </summary>
internal static class VegaLite
{
    /// <summary>Colours of class 0, 1, 2 …: told apart by readers with any colour vision, on light and dark ground.</summary>
    public static readonly IReadOnlyList<string> ClassColors =
        ["#3b7dd8", "#e8821e", "#2a9d6f", "#c44fa0", "#8a6fd1", "#c9a21a", "#30a4b8", "#d1495b", "#7a8b3a", "#8d99ae"];

    /// <summary>The part of a scheme from dark to light that stands out from a dark and from a light ground.</summary>
    private static readonly double[] ReadableOnAnyGround = [0.25, 0.9];

    private const string Schema = "https://vega.github.io/schema/vega-lite/v6.json";

    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>A figure of the tables, which the body's layers name as their data.</summary>
    public static Figure Figure(string id, string title, string altText, string finding, object body, params IReadOnlyList<Table> data) =>
        Figure(id, title, altText, finding, body, data, []);

    /// <summary>As above, with tables that are drawn but are no data of their own, such as pictures made from the data.</summary>
    public static Figure Figure(string id, string title, string altText, string finding, object body, IReadOnlyList<Table> data, IReadOnlyList<Table> drawings)
    {
        var specification = new JsonObject { ["$schema"] = Schema, ["description"] = altText };
        JsonObject chart = JsonSerializer.SerializeToNode(body, Options)!.AsObject();
        foreach ((string key, JsonNode? value) in chart)
        {
            specification[key] = value?.DeepClone();
        }

        // What no layer names, such as the numbers behind a picture, is for the CSV file only.
        string drawn = chart.ToJsonString();
        IEnumerable<Table> named = data.Concat(drawings).Where(table => drawn.Contains(JsonSerializer.Serialize(Data(table)), StringComparison.Ordinal));
        specification["datasets"] = new JsonObject(named.Select(table => KeyValuePair.Create<string, JsonNode?>(table.Name, table.ToJson())));
        return new Figure(id, title, altText, finding, specification, data);
    }

    /// <summary>The rows of a table, by its name.</summary>
    public static object Data(Table table) => new { name = table.Name };

    /// <summary>A measured axis; not from zero, unless asked, as lines and points do not need it.</summary>
    public static object Quantity(string field, string? title = null, bool log = false, bool zero = false, string? format = null, double[]? domain = null) => new
    {
        field,
        type = "quantitative",
        title = title ?? field,
        scale = log ? (object)new { type = "log", nice = false, domain } : new { zero, domain, nice = domain is null },
        axis = new { format, tickMinStep = field == "epoch" ? 1 : (int?)null }, // there is no half an epoch
    };

    /// <summary>A colour for each value of the column, in the order of <paramref name="values"/>.</summary>
    public static object Series(string field, IReadOnlyList<string> values, string? title = null) => new
    {
        field,
        type = "nominal",
        title = title ?? field,
        scale = new { domain = values, range = ClassColors.Take(values.Count) },
        legend = new { orient = "bottom", columns = 3, labelLimit = 300, symbolOpacity = 1 },
    };

    /// <summary>A colour for each step of a numeric setting, from dark to light.</summary>
    public static object Steps(string field, string? title = null) => new
    {
        field,
        type = "ordinal",
        title = title ?? field,
        scale = new { scheme = new { name = "viridis", extent = ReadableOnAnyGround } },
        legend = new { orient = "bottom", columns = 6 },
    };
}
