namespace Microsoft.ML.Data;

/// <summary>Metrics of two classes; rows with a missing label or score are left out. A score above 0 predicts the positive class.</summary>
internal sealed class BinaryEvaluator
{
    private readonly List<(float Score, bool Label)> _rows = [];
    private double _logLoss;

    public void Add(float score, bool label, float probability = float.NaN)
    {
        _rows.Add((score, label));
        _logLoss -= Math.Log2(label ? probability : 1 - probability);
    }

    public BinaryClassificationMetrics Metrics()
    {
        Ranking ranking = Rank();
        return new(Counts(), ranking.RocArea, ranking.PrecisionRecallArea);
    }

    public CalibratedBinaryClassificationMetrics CalibratedMetrics()
    {
        Ranking ranking = Rank();
        double prior = (double)_rows.Count(row => row.Label) / _rows.Count;
        double entropy = -prior * Math.Log2(prior) - (1 - prior) * Math.Log2(1 - prior);
        return new(Counts(), ranking.RocArea, ranking.PrecisionRecallArea, _logLoss / _rows.Count, entropy);
    }

    private BinaryCounts Counts()
    {
        double truePositive = _rows.Count(row => row.Label && row.Score > 0), positive = _rows.Count(row => row.Label);
        double trueNegative = _rows.Count(row => !row.Label && !(row.Score > 0));
        return new(truePositive, positive - truePositive, _rows.Count - positive - trueNegative, trueNegative);
    }

    /// <summary>Both areas from the rows in descending order of their scores.</summary>
    private Ranking Rank()
    {
        double positives = _rows.Count(row => row.Label), negatives = _rows.Count - positives;
        if (positives == 0)
            throw new ArgumentOutOfRangeException("PosSample", "AUC is not defined when there is no positive class in the data");
        if (negatives == 0)
            throw new ArgumentOutOfRangeException("NegSample", "AUC is not defined when there is no negative class in the data");
        (float Score, bool Label)[] sorted = [.. _rows.OrderByDescending(row => row.Score)];
        return new(RocArea(sorted) / (positives * negatives), PrecisionRecallArea(sorted, positives));
    }

    /// <summary>The pairs of a positive and a negative row in the right order; ties count half.</summary>
    private static double RocArea(ReadOnlySpan<(float Score, bool Label)> sorted)
    {
        double area = 0, positivesAbove = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            double positives = 0;
            for (end = start; end < sorted.Length && sorted[end].Score == sorted[start].Score; end++)
                positives += sorted[end].Label ? 1 : 0;
            area += (end - start - positives) * (positivesAbove + positives / 2);
            positivesAbove += positives;
        }
        return area;
    }

    /// <summary>Trapezoids from row to row, from recall 0 at the precision of the first row; ties in order of appearance.</summary>
    private static double PrecisionRecallArea(ReadOnlySpan<(float Score, bool Label)> sorted, double positives)
    {
        double area = 0, found = 0, recall = 0, precision = sorted[0].Label ? 1 : 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            found += sorted[i].Label ? 1 : 0;
            double nextRecall = found / positives, nextPrecision = found / (i + 1);
            area += (nextRecall - recall) * (precision + nextPrecision) / 2;
            (recall, precision) = (nextRecall, nextPrecision);
        }
        return area;
    }

    private readonly record struct Ranking(double RocArea, double PrecisionRecallArea);
}
