using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EE569.Experiments.Training;

/// <summary>The library's options in JSON: each under the key that its property has, objects that texts and numbers cannot say under their names.</summary>
internal static class OptionJson
{
    /// <summary>What <c>train</c> takes from its table, and what no text can say.</summary>
    private static readonly string[] SetByTrain =
    [
        nameof(TrainerOptions.LabelColumnName), nameof(TrainerOptions.FeatureColumnName),
        nameof(TrainerOptions.EpochCallback), nameof(TrainerOptions.CancellationToken), nameof(TrainerOptions.Communicator),
    ];

    private static readonly Dictionary<Type, JsonConverter> Named = new()
    {
        [typeof(Optimizer<float>)] = new OptimizerConverter(),
        [typeof(Schedule)] = new NamedValueConverter<Schedule>(Members<Schedule>(typeof(Schedules))),
        [typeof(Initializer)] = new NamedValueConverter<Initializer>(Members<Initializer>(typeof(Initializers))),
        [typeof(Activation)] = new NamedValueConverter<Activation>(Enum.GetValues<Activation>().ToDictionary(Lower)),
        [typeof(EarlyStoppingMetric)] = new NamedValueConverter<EarlyStoppingMetric>(new Dictionary<string, EarlyStoppingMetric>
        {
            ["loss"] = EarlyStoppingMetric.Loss,
            ["log-loss"] = EarlyStoppingMetric.LogLoss,
            ["accuracy"] = EarlyStoppingMetric.Accuracy,
            ["auc"] = EarlyStoppingMetric.AreaUnderRocCurve,
            ["f1"] = EarlyStoppingMetric.F1Score,
            ["rmse"] = EarlyStoppingMetric.RootMeanSquaredError,
            ["mae"] = EarlyStoppingMetric.MeanAbsoluteError,
            ["r2"] = EarlyStoppingMetric.RSquared,
        }),
    };

    /// <summary>How options are read and written.</summary>
    public static JsonSerializerOptions Format { get; } = CreateFormat();

    /// <summary>The names of the values of a type; null for one whose values are numbers or texts.</summary>
    public static IReadOnlyCollection<string>? NamesOf(Type type) => (Named.GetValueOrDefault(type) as INamedValues)?.Names;

    /// <summary>The name of a figure.</summary>
    public static string NameOf(EarlyStoppingMetric metric) => JsonSerializer.SerializeToNode(metric, Format)!.GetValue<string>();

    private static JsonSerializerOptions CreateFormat()
    {
        var format = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RemoveSetByTrain } },
            Converters = { new ClassWeightingConverter(), new DurationConverter() },
        };
        foreach (JsonConverter converter in Named.Values)
        {
            format.Converters.Add(converter);
        }

        format.MakeReadOnly();
        return format;
    }

    private static void RemoveSetByTrain(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo option in type.Properties.Where(option => option.AttributeProvider is PropertyInfo property && SetByTrain.Contains(property.Name)).ToArray())
        {
            type.Properties.Remove(option);
        }
    }

    /// <summary>Every static property of a type, and every static method that needs no argument.</summary>
    private static Dictionary<string, T> Members<T>(Type home) => home.GetProperties().Select(property => (property.Name, Value: property.GetValue(null)))
        .Concat(home.GetMethods().Where(method => !method.IsSpecialName && method.IsStatic && method.GetParameters().All(parameter => parameter.HasDefaultValue))
            .Select(method => (method.Name, Value: method.Invoke(null, [.. method.GetParameters().Select(parameter => parameter.DefaultValue)]))))
        .ToDictionary(member => JsonNamingPolicy.KebabCaseLower.ConvertName(member.Name), member => (T)member.Value!);

    private static string Lower<T>(T name) => name!.ToString()!.ToLowerInvariant();
}
