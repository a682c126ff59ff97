using System.Text.Json;
using System.Text.Json.Serialization;

namespace EE569.Experiments.Models;

/// <summary>What <c>train</c> is told about the model: the options file holds these names, and the command line overrides it.</summary>
internal sealed record TrainingSettings
{
    public const string SoftmaxMlp = "softmax-mlp", SoftmaxRegression = "softmax-regression", MlpRegression = "mlp-regression";

    /// <summary>The names that <see cref="Trainer"/> can have.</summary>
    public static readonly IReadOnlyList<string> Trainers = [SoftmaxMlp, SoftmaxRegression, MlpRegression];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public string Trainer { get; init; } = SoftmaxMlp;

    public int[] HiddenLayers { get; init; } = [100];

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

    public static TrainingSettings Read(string path)
    {
        try
        {
            TrainingSettings settings = JsonSerializer.Deserialize<TrainingSettings>(File.ReadAllText(path), Json) ?? throw new UserException($"'{path}' holds no options.");
            return Trainers.Contains(settings.Trainer)
                ? settings
                : throw new UserException($"'{path}': there is no trainer '{settings.Trainer}'. The trainers are {string.Join(", ", Trainers)}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserException($"Cannot read the options in '{path}': {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }
}
