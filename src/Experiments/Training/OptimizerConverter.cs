using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EE569.Experiments.Training;

/// <summary>An optimizer: its name, or where it has other numbers than the default ones an object of its name and numbers.</summary>
internal sealed class OptimizerConverter : JsonConverter<Optimizer<float>>, INamedValues
{
    private const string NameKey = "name";

    /// <summary>Every optimizer of the library; the parameters of its constructor are properties too.</summary>
    private static readonly Dictionary<string, ConstructorInfo> Constructors = typeof(Optimizer<>).Assembly.GetExportedTypes()
        .Where(type => type.Namespace == typeof(Optimizer<>).Namespace && type is { IsGenericTypeDefinition: true, IsAbstract: false })
        .Select(type => type.MakeGenericType(typeof(float))).Where(type => type.IsSubclassOf(typeof(Optimizer<float>)))
        .ToDictionary(NameOf, type => type.GetConstructors().Single());

    public IReadOnlyCollection<string> Names => Constructors.Keys;

    public override Optimizer<float> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonObject given = JsonNode.Parse(ref reader) switch
        {
            JsonObject numbers => numbers,
            var name => new JsonObject { [NameKey] = name?.DeepClone() },
        };
        string named = given[NameKey]?.GetValue<string>() ?? "";
        given.Remove(NameKey);
        ConstructorInfo constructor = Constructors.GetValueOrDefault(named) ?? throw new UserException($"there is no optimizer '{named}'. Choose from {string.Join(", ", Names)}.");
        object?[] arguments = [.. constructor.GetParameters().Select(parameter => given.Remove(parameter.Name!, out JsonNode? number) ? number!.GetValue<double>() : parameter.DefaultValue)];
        return given.Count == 0
            ? (Optimizer<float>)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null)
            : throw new UserException($"{named} has no number '{given.First().Key}'; it has {string.Join(", ", constructor.GetParameters().Select(parameter => parameter.Name))}.");
    }

    public override void Write(Utf8JsonWriter writer, Optimizer<float> value, JsonSerializerOptions options)
    {
        string name = NameOf(value.GetType());
        var numbers = Constructors[name].GetParameters()
            .Select(parameter => (parameter.Name, Default: (double)parameter.DefaultValue!, Value: (double)value.GetType().GetProperty(parameter.Name!, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase)!.GetValue(value)!)).ToList();
        if (numbers.TrueForAll(number => number.Value == number.Default))
        {
            writer.WriteStringValue(name);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString(NameKey, name);
        numbers.ForEach(number => writer.WriteNumber(number.Name!, number.Value));
        writer.WriteEndObject();
    }

    private static string NameOf(Type type) => type.Name.Split('`')[0].ToLowerInvariant();
}
