using System.ComponentModel.DataAnnotations;

namespace EE569.Trainers;

/// <summary>Options of TabM for classes.</summary>
public abstract class TabMClassifierOptions : TabMOptions, IClassifierOptions
{
    private protected TabMClassifierOptions()
    {
    }

    /// <inheritdoc cref="LinearTrainerOptions.ClassWeights"/>
    [Required]
    public ClassWeighting ClassWeights { get; set; } = ClassWeighting.None;

    /// <inheritdoc cref="LinearTrainerOptions.LabelSmoothing"/>
    public double LabelSmoothing { get; set; }
}
