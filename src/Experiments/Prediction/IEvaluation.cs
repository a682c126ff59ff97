namespace EE569.Experiments.Prediction;

/// <summary>How good a model's answers are.</summary>
internal interface IEvaluation
{
    /// <summary>The figures in a line.</summary>
    string Summary { get; }

    /// <summary>The figures one by one; null where the rows do not define one.</summary>
    IReadOnlyList<(string Name, double? Value)> Measures { get; }

    /// <summary>The loss of each row: of a class -ln of its probability, of a number the distance from the label.</summary>
    IReadOnlyList<double> RowLosses { get; }

    /// <summary>The evaluation of other rows, each an index into these.</summary>
    IEvaluation Resampled(int[] rows);

    /// <summary>All figures, and what belongs to classes.</summary>
    IReadOnlyList<Table> Tables { get; }

    /// <summary>The figures as charts.</summary>
    IReadOnlyList<Figure> Figures { get; }

    /// <summary>What is not defined on these rows, and why.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>The figures for programs; null for what is not defined.</summary>
    object Json { get; }

    /// <summary>What <see cref="Loss"/> is.</summary>
    string LossName { get; }

    /// <summary>The lower, the better.</summary>
    double Loss { get; }
}
