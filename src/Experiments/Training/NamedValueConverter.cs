using System.Text.Json;
using System.Text.Json.Serialization;

namespace EE569.Experiments.Training;

/// <summary>Values under their names.</summary>
/// <typeparam name="T">Their type.</typeparam>
/// <param name="values">The values.</param>
internal sealed class NamedValueConverter<T>(IReadOnlyDictionary<string, T> values) : JsonConverter<T>, INamedValues
{
    public IReadOnlyCollection<string> Names => [.. values.Keys];

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string name = reader.GetString()!;
        return values.TryGetValue(name, out T? value)
            ? value
            : throw new UserException($"there is no {typeof(T).Name.Split('`')[0].ToLowerInvariant()} '{name}'. Choose from {string.Join(", ", values.Keys)}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(
        values.Where(named => named.Value!.Equals(value)).Concat(values.Where(named => IsOfKind(named.Value!, value!))).First().Key);

    /// <summary>A schedule is of the kind of another that the same code computes; anything else, of its type.</summary>
    private static bool IsOfKind(object named, object value) => (named, value) switch
    {
        (Delegate one, Delegate other) => one.Method == other.Method,
        _ => named.GetType() == value.GetType(),
    };
}
