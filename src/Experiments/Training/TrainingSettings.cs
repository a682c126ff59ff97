using System.Text.Json;
using System.Text.Json.Serialization;

namespace EE569.Experiments.Training;

/// <summary>What <c>train</c> is told about the model: the options file holds these names, and the command line overrides it.</summary>
internal sealed record TrainingSettings
{
    public const string SoftmaxMlp = "softmax-mlp", SoftmaxRegression = "softmax-regression", MlpRegression = "mlp-regression";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public string Trainer { get; init; } = SoftmaxMlp;

    public int[] HiddenLayers { get; init; } = [100];

    /// <summary>The function after every hidden layer; a name in <see cref="TrainingChoices"/>, as those below.</summary>
    public string Activation { get; init; } = "relu";

    public string Optimizer { get; init; } = "adam";

    public string Schedule { get; init; } = "constant";

    /// <summary>Whether all classes count the same, however many rows they have.</summary>
    public bool BalanceClasses { get; init; }

    public int Epochs { get; init; } = 100;

    public int BatchSize { get; init; } = 32;

    public double LearningRate { get; init; } = 0.01;

    public double L2 { get; init; } = 1e-4;

    public double Dropout { get; init; }

    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Epochs without a lower validation loss after which training stops and the best weights are taken; 0 to train to the end.</summary>
    public int Patience { get; init; } = 20;

    public int Seed { get; init; } = 1;

    /// <summary>Whether a number is predicted, and not a class.</summary>
    [JsonIgnore]
    public bool IsRegression => Trainer == MlpRegression;

    /// <summary>Whether the weights of the epoch with the lowest validation loss are kept, and not those of the last.</summary>
    [JsonIgnore]
    public bool StopsEarly => this is { Patience: > 0, ValidationFraction: > 0 };

    public static TrainingSettings Read(string path)
    {
        try
        {
            TrainingSettings settings = JsonSerializer.Deserialize<TrainingSettings>(File.ReadAllText(path), Json) ?? throw new UserException($"'{path}' holds no options.");
            TrainingChoices.Check(settings, path);
            return settings;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserException($"Cannot read the options in '{path}': {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    /// <summary>The options as these settings ask for them.</summary>
    public T Fill<T>(T options)
        where T : TrainerOptions
    {
        (options.NumberOfEpochs, options.BatchSize, options.LearningRate) = (Epochs, BatchSize, LearningRate);
        (options.Optimizer, options.LearningRateSchedule) = (TrainingChoices.Optimizers[Optimizer], TrainingChoices.LearningRateSchedules[Schedule]);
        (options.L2Regularization, options.ValidationFraction, options.Seed) = (L2, ValidationFraction, Seed);
        options.EarlyStopping = StopsEarly ? new EarlyStopping { Patience = Patience } : null;
        options.ConvergenceTolerance = Patience > 0 ? options.ConvergenceTolerance : null;
        if (options is NetworkTrainerOptions network)
        {
            (network.HiddenLayers, network.Dropout, network.Activation) = (HiddenLayers, Dropout, TrainingChoices.Activations[Activation]);
        }

        return options;
    }
}
