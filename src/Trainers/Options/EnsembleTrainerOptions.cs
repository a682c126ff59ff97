using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace EE569.Trainers;

/// <summary>What networks can be told beside the options of all trainers: to train several, whose predictions are averaged.</summary>
public abstract class EnsembleTrainerOptions : TrainerOptions
{
    private protected EnsembleTrainerOptions()
    {
    }

    /// <summary>
    /// Parts that the training rows are cut into, the same share of every class; each is the validation data of a network that learns from the others, and predictions are
    /// averaged (probabilities of classes, values in regression). 1 (the default): one network, which <see cref="TrainerOptions.ValidationFraction"/> of the rows validates.
    /// </summary>
    [Range(1, int.MaxValue), JsonPropertyName("folds")]
    public int NumberOfFolds { get; set; } = 1;

    /// <summary>Networks with random numbers of their own that learn from the same rows, trained one after the other; their predictions are averaged. With folds, so many for each. Default 1.</summary>
    [Range(1, int.MaxValue), JsonPropertyName("networks")]
    public int NumberOfNetworks { get; set; } = 1;
}
