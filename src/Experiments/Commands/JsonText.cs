using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EE569.Experiments.Commands;

/// <summary>JSON as the commands print it: camelCase, indented, with NaN and Infinity as texts.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>One object with the properties of both.</summary>
    public static JsonObject With(object first, object second)
    {
        JsonObject both = JsonSerializer.SerializeToNode(first, Options)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonSerializer.SerializeToNode(second, Options)!.AsObject())
        {
            both[name] = value?.DeepClone();
        }

        return both;
    }

    /// <summary>Reads what <see cref="Of"/> wrote.</summary>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);
}
