using System.ComponentModel.DataAnnotations;

namespace EE569.Engine.Training;

/// <summary>Ends a training when the validation figure no longer improves. Needs validation data.</summary>
public sealed record EarlyStopping
{
    /// <summary>Epochs in a row without improvement before the training ends. Default 20; <see cref="int.MaxValue"/> only restores the best epoch.</summary>
    [Range(1, int.MaxValue)]
    public int Patience { get; init; } = 20;

    /// <summary>What an improvement must exceed to count for <see cref="Patience"/>. Default 0. The best epoch is the best by any margin.</summary>
    [Range(0, double.PositiveInfinity)]
    public double MinimumDelta { get; init; }

    /// <summary>The validation figure by which epochs are judged. Default <see cref="EarlyStoppingMetric.Loss"/>.</summary>
    [EnumDataType(typeof(EarlyStoppingMetric))]
    public EarlyStoppingMetric Metric { get; init; } = EarlyStoppingMetric.Loss;

    /// <summary>Whether the network ends with the weights of the best epoch, however the training ends. Default true.</summary>
    public bool RestoreBest { get; init; } = true;
}
