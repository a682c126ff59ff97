using System.Text.Json;
using System.Text.Json.Serialization;

namespace EE569.Experiments.Training;

/// <summary>Class weights: a list of numbers, or one of two names.</summary>
internal sealed class ClassWeightingConverter : JsonConverter<ClassWeighting>
{
    public override ClassWeighting Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.StartArray
        ? ClassWeighting.Explicit(JsonSerializer.Deserialize<double[]>(ref reader, options)!)
        : reader.GetString() switch
        {
            "none" => ClassWeighting.None,
            "balanced" => ClassWeighting.Balanced,
            var other => throw new UserException($"there are no class weights '{other}'. Choose none, balanced, or a number for each class."),
        };

    public override void Write(Utf8JsonWriter writer, ClassWeighting value, JsonSerializerOptions options)
    {
        if (value.Weights is { } weights)
        {
            JsonSerializer.Serialize(writer, weights, options);
        }
        else
        {
            writer.WriteStringValue(value == ClassWeighting.Balanced ? "balanced" : "none");
        }
    }
}
