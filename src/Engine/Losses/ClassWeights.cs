namespace EE569.Engine.Losses;

/// <summary>Ways to weigh classes.</summary>
public static class ClassWeights
{
    /// <summary>Weights that give every class the same total: n / (k n_c), with k the number of classes that occur; 0 for a class that does not.</summary>
    /// <param name="totals">n_c of each class: its number of rows or, where rows have weights, their sum.</param>
    public static double[] Balanced(params ReadOnlySpan<double> totals)
    {
        double[] weights = totals.ToArray();
        double share = weights.Sum() / weights.Count(total => total > 0);
        return Array.ConvertAll(weights, total => total > 0 ? share / total : 0);
    }
}
