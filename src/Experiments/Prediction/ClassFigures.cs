namespace EE569.Experiments.Prediction;

/// <summary>What was predicted of one class against all others.</summary>
/// <param name="Name">The class.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Predicted">The rows taken for it.</param>
/// <param name="Right">The rows of it that are.</param>
/// <param name="Curve">How its probability ranks its rows before the others.</param>
internal sealed record ClassFigures(string Name, int Rows, int Predicted, int Right, RankingCurve Curve)
{
    /// <summary>The share of its rows that are found; null when it has none.</summary>
    public double? Recall => Rows > 0 ? (double)Right / Rows : null;

    /// <summary>The share of the rows taken for it that are right: 0 when no row is, though it has some; null when it has none either.</summary>
    public double? Precision => Predicted > 0 ? (double)Right / Predicted : Rows > 0 ? 0 : null;

    /// <summary>The harmonic mean of precision and recall; null when the class has no rows.</summary>
    public double? F1 => Rows > 0 ? 2.0 * Right / (Rows + Predicted) : null;
}
