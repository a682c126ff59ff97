using System.Text.Json;
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

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);
}
