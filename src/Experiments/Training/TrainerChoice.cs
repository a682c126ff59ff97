using System.Text.Json;
using System.Text.Json.Nodes;

namespace EE569.Experiments.Training;

/// <summary>A trainer of the library by name, and its options.</summary>
/// <param name="Trainer">The name.</param>
/// <param name="Options">The options.</param>
internal sealed record TrainerChoice(string Trainer, TrainerOptions Options)
{
    /// <summary>The trainer that is taken when none is named.</summary>
    public const string Default = "softmax-mlp";

    /// <summary>The trainer that is taken for numbers to predict when none is named.</summary>
    public const string DefaultForNumbers = "mlp-regression";

    /// <summary>The trainers that are taken for the best model; folds of their bag.</summary>
    private const string Best = "tabm", BestForNumbers = "tabm-regression";
    private const int BestFolds = 8;

    private const string TrainerKey = "trainer", FoldsKey = "folds", StoppingKey = "earlyStopping";

    private static readonly Dictionary<string, Type> Kinds = new()
    {
        ["softmax-regression"] = typeof(SoftmaxRegressionTrainer.Options),
        ["logistic-regression"] = typeof(MiniBatchLogisticRegressionTrainer.Options),
        [Default] = typeof(SoftmaxMlpTrainer.Options),
        ["logistic-mlp"] = typeof(LogisticMlpTrainer.Options),
        [DefaultForNumbers] = typeof(MlpRegressionTrainer.Options),
        [Best] = typeof(TabMMulticlassTrainer.Options),
        [BestForNumbers] = typeof(TabMRegressionTrainer.Options),
        ["real-mlp"] = typeof(RealMlpMulticlassTrainer.Options),
        ["real-mlp-regression"] = typeof(RealMlpRegressionTrainer.Options),
    };

    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    /// <summary>The types of the options.</summary>
    public static IReadOnlyCollection<Type> Types => Kinds.Values;

    /// <summary>Whether the user names the trainer; else it is the network for the label.</summary>
    public bool IsNamed { get; init; }

    /// <summary>The most epochs, of all networks together.</summary>
    public double Epochs => (double)(Options.NumberOfEpochs ?? 0) * (Options is EnsembleTrainerOptions several ? several.NumberOfFolds * several.NumberOfNetworks : 1);

    /// <summary>Whether a number is predicted, and not a class.</summary>
    public bool IsRegression => Options is MlpRegressionTrainer.Options or TabMRegressionTrainer.Options or RealMlpRegressionTrainer.Options;

    /// <summary>Whether two classes are told apart by one score.</summary>
    public bool IsBinary => Options is MiniBatchLogisticRegressionTrainer.Options or LogisticMlpTrainer.Options;

    /// <summary>The trainer and its options, as an options file holds them.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = JsonSerializer.SerializeToNode(Options, Options.GetType(), OptionJson.Format)!.AsObject();
        json.Insert(0, TrainerKey, Trainer);
        return json;
    }

    /// <summary>Reads an options file, if one is named, and what the command line sets over it.</summary>
    /// <param name="path">The file, or null.</param>
    /// <param name="trainer">The trainer that the command line names, or null.</param>
    /// <param name="given">The options that the command line names.</param>
    /// <param name="isRegression">Whether a trainer that is not named is to predict numbers.</param>
    /// <param name="isBest">Whether a trainer that is not named is the network for raw tables, and folds that are not named are eight.</param>
    /// <exception cref="UserException">There is no such trainer, option or value.</exception>
    public static TrainerChoice Read(string? path, string? trainer, IEnumerable<(TrainerOption Option, JsonNode? Value)> given, bool isRegression = false, bool isBest = false)
    {
        try
        {
            var ignoreCase = new JsonNodeOptions { PropertyNameCaseInsensitive = true };
            JsonObject settings = path is null ? new JsonObject(ignoreCase) : JsonNode.Parse(File.ReadAllText(path), ignoreCase) as JsonObject ?? throw new UserException("it holds no options.");
            foreach ((TrainerOption option, JsonNode? value) in given)
            {
                option.Set(settings, value?.DeepClone());
            }

            string? named = trainer ?? settings[TrainerKey]?.Deserialize<string>();
            string name = named ?? (isRegression ? isBest ? BestForNumbers : DefaultForNumbers : isBest ? Best : Default);
            TableSettings.Keys.Append(TrainerKey).ToList().ForEach(key => settings.Remove(key));
            Type type = Kinds.GetValueOrDefault(name) ?? throw new UserException($"there is no trainer '{name}'. Choose from {string.Join(", ", Names)}.");
            string[] known = [.. OptionJson.Format.GetTypeInfo(type).Properties.Select(option => option.Name)];
            if (isBest)
            {
                settings[FoldsKey] ??= BestFolds;
            }

            if (settings[StoppingKey] is JsonObject stopping)
            {
                // What is not said of it stays as the trainer has it.
                JsonObject own = JsonSerializer.SerializeToNode(((TrainerOptions)Activator.CreateInstance(type)!).EarlyStopping ?? new(), OptionJson.Format)!.AsObject();
                own.Where(part => !stopping.ContainsKey(part.Key)).ToList().ForEach(part => stopping[part.Key] = part.Value?.DeepClone());
            }

            return settings.Select(setting => setting.Key).FirstOrDefault(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown
                ? throw new UserException($"{name} has no option '{unknown}'; it has {string.Join(", ", known)}.")
                : new TrainerChoice(name, (TrainerOptions)settings.Deserialize(type, OptionJson.Format)!) { IsNamed = named is not null };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or UserException or ArgumentException or InvalidOperationException)
        {
            string message = exception.Message.ReplaceLineEndings(" ");
            throw new UserException(path is null ? message : $"Cannot read the options in '{path}': {message}", exception);
        }
    }
}
