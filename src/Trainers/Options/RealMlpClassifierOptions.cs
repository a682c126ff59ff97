using System.ComponentModel.DataAnnotations;

namespace EE569.Trainers;

/// <summary>Options of RealMLP for classes.</summary>
public abstract class RealMlpClassifierOptions : RealMlpOptions, IClassifierOptions
{
    private protected RealMlpClassifierOptions()
    {
    }

    /// <inheritdoc cref="LinearTrainerOptions.ClassWeights"/>
    [Required]
    public ClassWeighting ClassWeights { get; set; } = ClassWeighting.None;

    /// <inheritdoc cref="LinearTrainerOptions.LabelSmoothing"/>
    public double LabelSmoothing { get; set; }
}
