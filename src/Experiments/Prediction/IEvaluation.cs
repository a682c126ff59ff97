namespace EE569.Experiments.Prediction;

/// <summary>How good a model's answers are.</summary>
internal interface IEvaluation
{
    /// <summary>The figures in a line.</summary>
    string Summary { get; }

    /// <summary>What a line does not hold, or null.</summary>
    Table? Details { get; }

    /// <summary>The figures for programs.</summary>
    object Json { get; }
}
