using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EE569.Experiments.Training;

/// <summary>An option of the library's trainers, as <c>train</c> offers it: all is read from its property. Those of an option that is a record itself stand beside the others.</summary>
internal sealed partial class TrainerOption
{
    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> Documentation = [];

    private readonly JsonPropertyInfo _json;
    private readonly string? _parent;
    private readonly string[] _defaults;

    private TrainerOption(IEnumerable<(JsonPropertyInfo Json, string? Parent, object Defaults)> uses)
    {
        (_json, _parent, _) = uses.First();
        _defaults = [.. uses.Select(use => JsonSerializer.Serialize(use.Json.Get!(use.Defaults), use.Json.PropertyType, OptionJson.Format).Trim('"')).Distinct()];
    }

    /// <summary>Every option of every trainer.</summary>
    public static IReadOnlyList<TrainerOption> All { get; } =
        [.. TrainerChoice.Types.SelectMany(type => OptionsOf(Activator.CreateInstance(type)!, parent: null)).GroupBy(use => use.Json.Name).Select(uses => new TrainerOption(uses))];

    /// <summary>The option's property.</summary>
    public PropertyInfo Property => (PropertyInfo)_json.AttributeProvider!;

    /// <summary>The switch of the command line.</summary>
    public string Switch => $"--{JsonNamingPolicy.KebabCaseLower.ConvertName(_json.Name)}";

    /// <summary>Whether it takes several values.</summary>
    public bool IsList => Type == typeof(IReadOnlyList<int>) || Type == typeof(ClassWeighting);

    /// <summary>Whether the switch alone says true.</summary>
    public bool IsFlag => Type == typeof(bool);

    /// <summary>What to write behind the switch.</summary>
    public string HelpName => OptionJson.NamesOf(Type) is { } names ? string.Join('|', names) : Type == typeof(ClassWeighting) ? "none|balanced|numbers" : IsFlag ? "true|false" : IsList ? "numbers" : Type == typeof(TimeSpan) ? "time" : Type == typeof(string) ? "name" : "number";

    /// <summary>What it does (the first sentence of the property's documentation), the values it may have, and its default.</summary>
    public string Help
    {
        get
        {
            string rule = OptionJson.NamesOf(Type) is null ? TrainerOptions.Rule(Property) : "", defaults = _defaults is ["null"] ? "" : $"default {string.Join(" or ", _defaults)}";
            string values = string.Join(", ", new[] { rule, defaults }.Where(part => part.Length > 0));
            return $"{Summary(Id(Property))}{(values.Length > 0 ? $" ({values})" : "")}.";
        }
    }

    private Type Type => Nullable.GetUnderlyingType(_json.PropertyType) ?? _json.PropertyType;

    /// <summary>The value that words on the command line say.</summary>
    /// <exception cref="UserException">They say none.</exception>
    public JsonNode? Parse(string[] words)
    {
        JsonNode? value = words switch
        {
            [] when IsFlag => true,
            ["null"] => null,
            [var word] when IsFlag && bool.TryParse(word, out bool flag) => flag,
            [var word] when !IsList || !double.TryParse(word, CultureInfo.InvariantCulture, out _) => word,
            _ => new JsonArray([.. words.Select(word => JsonValue.Create(word))]),
        };
        try
        {
            value.Deserialize(_json.PropertyType, OptionJson.Format);
            return value;
        }
        catch (JsonException exception)
        {
            throw new UserException($"'{string.Join(' ', words)}' is no value for {Switch}{(Type == typeof(TimeSpan) ? ": write seconds, or a number with its unit, such as 90s, 5m or 1.5h" : "")}.", exception);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new UserException($"{Switch}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a value where the settings hold it.</summary>
    public void Set(JsonObject settings, JsonNode? value)
    {
        if (_parent is not null)
        {
            settings[_parent] ??= new JsonObject();
        }

        (_parent is null ? settings : settings[_parent]!.AsObject())[_json.Name] = value;
    }

    private static IEnumerable<(JsonPropertyInfo Json, string? Parent, object Defaults)> OptionsOf(object defaults, string? parent) => OptionJson.Format.GetTypeInfo(defaults.GetType()).Properties
        .SelectMany(json => json.PropertyType == typeof(EarlyStopping) ? OptionsOf(json.Get!(defaults) ?? new EarlyStopping(), json.Name) : [(json, parent, defaults)]);

    private static string Id(PropertyInfo property) => $"P:{property.DeclaringType!.FullName!.Replace('+', '.')}.{property.Name}";

    /// <summary>The first sentence of a member's documentation, which stands beside its assembly.</summary>
    private static string Summary(string member)
    {
        XElement? described = new[] { typeof(TrainerOptions).Assembly, typeof(EarlyStopping).Assembly }
            .Select(assembly => DocumentationOf(assembly).GetValueOrDefault(member)).FirstOrDefault(found => found is not null);
        return described?.Element("inheritdoc") is { } other ? Summary(other.Attribute("cref")!.Value)
            : FirstSentence().Match(Whitespace().Replace(string.Concat(described?.Element("summary")?.Nodes().Select(Text) ?? []), " ").Trim()).Groups[1].Value;
    }

    private static Dictionary<string, XElement> DocumentationOf(Assembly assembly) => Documentation.TryGetValue(assembly, out Dictionary<string, XElement>? members) ? members
        : Documentation[assembly] = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    private static string Text(XNode node) => node is XElement element ? element.Attribute("cref")?.Value.Split('.')[^1].Split('`')[0] ?? element.Value : node.ToString();

    [GeneratedRegex(@"^(.*?)\.(?=\s|$)")]
    private static partial Regex FirstSentence();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
