namespace EE569.Trainers;

/// <summary>What only trainers of classes can be told.</summary>
internal interface IClassifierOptions
{
    /// <summary>How much each class counts.</summary>
    ClassWeighting ClassWeights { get; }

    /// <summary>ε of the smoothed target (1 - ε) y + ε / k.</summary>
    double LabelSmoothing { get; }
}
