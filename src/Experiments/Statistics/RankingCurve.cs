namespace EE569.Experiments.Statistics;

/// <summary>How well scores rank the positive rows before the others: the ROC and the precision-recall curve and the areas under them.</summary>
/// <remarks>
/// Rows of equal score come in together, so their order does not matter. The areas are exact for any number of rows; ML.NET's AUPRC is that of a sample beyond
/// 100,000 rows (findings/auprc-of-a-sample.sh).
/// </remarks>
/// <param name="Auc">Area under the ROC curve: the share of pairs ranked rightly, ties counted half; null without positive or without other rows.</param>
/// <param name="AveragePrecision">AUPRC as the sum of precision times gain in recall; null without positive rows.</param>
/// <param name="Points">The curves' points, thinned to about a hundred, from the highest threshold on; none where <paramref name="Auc"/> is null.</param>
internal sealed record RankingCurve(double? Auc, double? AveragePrecision, IReadOnlyList<RankingPoint> Points)
{
    private const double LeastStep = 0.02;

    /// <param name="scores">Higher for rows that are more likely positive; finite.</param>
    /// <param name="isPositive">Whether each row is positive.</param>
    public static RankingCurve Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> isPositive)
    {
        float[] keys = [.. scores];
        bool[] items = [.. isPositive];
        Array.Sort(keys, items);
        double positives = items.Count(item => item), negatives = items.Length - positives;
        double truePositives = 0, falsePositives = 0, pairs = 0, precisionSum = 0;
        var points = new List<RankingPoint> { new(double.PositiveInfinity, 0, 0, 1) };
        for (int end = keys.Length; end > 0;)
        {
            double right = 0, wrong = 0;
            float score = keys[end - 1];
            for (; end > 0 && keys[end - 1] == score; end--)
            {
                _ = items[end - 1] ? right++ : wrong++;
            }

            pairs += wrong * (truePositives + (right / 2));
            (truePositives, falsePositives) = (truePositives + right, falsePositives + wrong);
            double precision = truePositives / (truePositives + falsePositives);
            precisionSum += right * precision;
            var point = new RankingPoint(score, falsePositives / negatives, truePositives / positives, precision);
            RankingPoint last = points[^1];
            if (end == 0 || point.FalsePositiveRate - last.FalsePositiveRate + point.Recall - last.Recall >= LeastStep)
            {
                points.Add(point);
            }
        }

        bool hasBoth = positives > 0 && negatives > 0;
        return new RankingCurve(hasBoth ? pairs / positives / negatives : null, positives > 0 ? precisionSum / positives : null, hasBoth ? points : []);
    }
}
