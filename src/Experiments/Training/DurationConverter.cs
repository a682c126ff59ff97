using System.Text.Json;
using System.Text.Json.Serialization;

namespace EE569.Experiments.Training;

/// <summary>A time: seconds, or a number with its unit, such as 90s, 5m or 1.5h.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text = reader.TokenType == JsonTokenType.Number ? reader.GetDouble().ToString(CultureInfo.InvariantCulture) : reader.GetString()!;
        double unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        return double.TryParse(unit == 0 ? text : text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number * Math.Max(1, unit) is >= 0 and < 1e9 and var seconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new JsonException($"'{text}' is no time: write seconds, or a number with its unit, such as 90s, 5m or 1.5h.");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.TotalSeconds);
}
