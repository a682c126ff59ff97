using System.ComponentModel.DataAnnotations;

namespace EE569.Trainers;

/// <summary>Options of the feed-forward classifiers.</summary>
public abstract class ClassifierNetworkOptions : NetworkTrainerOptions, IClassifierOptions
{
    private protected ClassifierNetworkOptions()
    {
    }

    /// <inheritdoc cref="LinearTrainerOptions.ClassWeights"/>
    [Required]
    public ClassWeighting ClassWeights { get; set; } = ClassWeighting.None;

    /// <inheritdoc cref="LinearTrainerOptions.LabelSmoothing"/>
    public double LabelSmoothing { get; set; }
}
