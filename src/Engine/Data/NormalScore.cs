namespace EE569.Engine.Data;

/// <summary>
/// Prepares raw numeric features as TabM's authors do: each value becomes the quantile of the standard normal distribution that its rank among
/// the training values has. The map is a broken line over quantiles of the column, constant outside of them; columns of fewer than three
/// values only get mean 0 and half their range 1.
/// </summary>
public sealed class NormalScore : FeaturePreparation
{
    private readonly double[][] _knots;
    private readonly double[][] _scores;

    private NormalScore(double[][] knots, double[][] scores, int[] indicatorColumns)
        : base(knots.Length, indicatorColumns) => (_knots, _scores) = (knots, scores);

    /// <summary>The ascending values of each column between which the map is a straight line; none for a constant column, which becomes 0.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Knots => _knots;

    /// <summary>What the knots become.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Scores => _scores;

    /// <summary>Learns the quantiles.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="rows">Training rows, or a sample of them; NaN marks a missing value, infinite ones are left out.</param>
    /// <param name="pieces">Largest number of straight pieces of a column, from 1; fewer where there are fewer than 10 values for each. Default 64.</param>
    public static NormalScore Fit<T>(Matrix<T> rows, int pieces = 64) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pieces);
        (double[][] knots, double[][] scores) = (new double[rows.Columns][], new double[rows.Columns][]);
        for (int column = 0; column < rows.Columns; column++)
        {
            double[] sorted = Quantiles.Sorted(rows, column);
            double[] different = [.. sorted.Distinct().Take(3)];
            (knots[column], scores[column]) = different.Length switch
            {
                0 or 1 => ([], []),
                2 => (different, TwoScores(sorted.Average(), different)),
                _ => Line(sorted, Math.Min(pieces, Math.Max(10, sorted.Length / 10))),
            };
        }

        return new(knots, scores, WithMissing(rows));
    }

    private protected override double Transform(int column, double value)
    {
        (double[] knots, double[] scores) = (_knots[column], _scores[column]);
        if (knots.Length == 0)
        {
            return 0;
        }

        int found = Array.BinarySearch(knots, value);
        int next = found >= 0 ? found : ~found;
        return found >= 0 ? scores[found] : next == 0 ? scores[0] : next == knots.Length ? scores[^1]
            : scores[next - 1] + (scores[next] - scores[next - 1]) * ((value - knots[next - 1]) / (knots[next] - knots[next - 1]));
    }

    private static double[] TwoScores(double mean, double[] values)
    {
        double half = (values[1] - values[0]) / 2;
        return [(values[0] - mean) / half, (values[1] - mean) / half];
    }

    /// <summary>Quantiles and their scores; a value that is several quantiles gets the score of the middle one. The ends count as a quarter of a piece.</summary>
    private static (double[] Knots, double[] Scores) Line(double[] sorted, int pieces)
    {
        var line = Enumerable.Range(0, pieces + 1).Select(i => (Share: (double)i / pieces, Value: Quantiles.Of(sorted, (double)i / pieces)))
            .GroupBy(point => point.Value, point => Math.Clamp(point.Share, 0.25 / pieces, 1 - 0.25 / pieces))
            .Select(group => (group.Key, Score: NormalQuantile((group.First() + group.Last()) / 2))).ToArray();
        return ([.. line.Select(point => point.Key)], [.. line.Select(point => point.Score)]);
    }

    /// <summary>The number that a standard normal one is below with a probability: Newton's steps on log Q(t), Q the upper tail, which is concave.</summary>
    private static double NormalQuantile(double probability)
    {
        (double tail, double t) = (Math.Min(probability, 1 - probability), 0);
        for (int step = 0; step < 20; step++)
        {
            double scaled = VectorMath.ScaledNormalTail<double>(Vector.Create(t))[0]; // Q(t) exp(t^2 / 2); d/dt log Q = -1 / (sqrt(2 pi) scaled)
            t += (Math.Log(scaled / tail) - t * t / 2) * Math.Sqrt(2 * Math.PI) * scaled;
        }

        return probability < 0.5 ? -t : t;
    }
}
