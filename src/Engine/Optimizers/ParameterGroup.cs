namespace EE569.Engine.Optimizers;

/// <summary>
/// How a training treats some parameters, relative to its options. A parameter says its group where it is created; parameters that are to be
/// treated alike share one.
/// </summary>
public sealed record ParameterGroup
{
    /// <summary>Weights: everything as the options say. The default of a parameter.</summary>
    public static ParameterGroup Weights { get; } = new();

    /// <summary>Biases: as weights, but without penalties.</summary>
    public static ParameterGroup Biases { get; } = new() { L1Factor = 0, L2Factor = 0 };

    /// <summary>Factor of the learning rate, finite and not negative; 0 leaves the parameters as they are. Default 1.</summary>
    public double LearningRateFactor { get; init => field = Checked(value, nameof(LearningRateFactor)); } = 1;

    /// <summary>Factor of L2Regularization, finite and not negative. Default 1.</summary>
    public double L2Factor { get; init => field = Checked(value, nameof(L2Factor)); } = 1;

    /// <summary>Factor of L1Regularization, finite and not negative. Default 1.</summary>
    public double L1Factor { get; init => field = Checked(value, nameof(L1Factor)); } = 1;

    /// <summary>
    /// Factor of the decoupled decay of <see cref="AdamW{T}"/>, finite and not negative. A step shrinks a parameter by its learning rate,
    /// factor included, times the decay times this. Default 1.
    /// </summary>
    public double DecayFactor { get; init => field = Checked(value, nameof(DecayFactor)); } = 1;

    /// <summary>The learning rate's schedule in place of the training's; null for the training's, the default.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>The decay's schedule in place of the training's; null for the training's, the default.</summary>
    public Schedule? DecaySchedule { get; init; }

    private static double Checked(double value, string name) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be finite and not negative.");
}
