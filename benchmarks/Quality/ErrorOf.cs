using MathNet.Numerics.Statistics;

namespace EE569.Benchmarks.Quality;

/// <summary>The error of predictions, by the task.</summary>
internal static class ErrorOf
{
    /// <summary>A probability of 0 counts as this, so that one row cannot make the log-loss infinite: the resolution of float.</summary>
    private const double LeastProbability = 1.1920929e-7;

    /// <summary>1 - AUC, log-loss in nats or root mean squared error.</summary>
    /// <param name="task">Decides the error.</param>
    /// <param name="predictions">A row each: the probability of the second of two classes, those of all classes, or the number.</param>
    /// <param name="labels">Classes or numbers.</param>
    public static double Predictions(TableTask task, float[][] predictions, double[] labels) => task switch
    {
        TableTask.Binary => 1 - AreaUnderCurve([.. predictions.Select(row => (double)row[0])], labels),
        TableTask.Multiclass => predictions.Zip(labels, (row, label) => -Math.Log(Math.Max(LeastProbability, row[(int)label]))).Average(),
        _ => Math.Sqrt(predictions.Zip(labels, (row, label) => (row[0] - label) * (row[0] - label)).Average()),
    };

    /// <summary>Mann and Whitney: the share of pairs of unlike rows in the right order, ties counting half. NaN if a score is NaN.</summary>
    private static double AreaUnderCurve(double[] scores, double[] labels)
    {
        if (scores.Any(double.IsNaN))
        {
            return double.NaN;
        }

        double positives = labels.Sum(), negatives = labels.Length - positives;
        double sumOfRanks = scores.Ranks().Zip(labels, (rank, label) => rank * label).Sum();
        return (sumOfRanks - (positives * (positives + 1) / 2)) / (positives * negatives);
    }
}
