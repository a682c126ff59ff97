namespace EE569.Engine.Training;

/// <summary>
/// The area under the ROC curve: the weighted share of pairs of a row of the class and one of another of which the first has the higher probability, equal ones
/// counting half. Of the second of two classes, else the mean over the classes that have such pairs.
/// </summary>
internal sealed class RankingScore<T>(int classes) : ValidationScore<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<(int Label, double Weight)> _rows = [];
    private readonly List<T> _predictions = [];

    public override double Value => (classes == 2 ? [1] : Enumerable.Range(0, classes)).Select(AreaOf).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    public override void Reset()
    {
        _rows.Clear();
        _predictions.Clear();
    }

    private protected override void Add(Targets<T> targets, int row, double weight, ReadOnlySpan<T> prediction)
    {
        _rows.Add((targets.Labels[row], weight));
        _predictions.AddRange(prediction);
    }

    private double AreaOf(int label)
    {
        (int width, int column) = (_predictions.Count / _rows.Count, _predictions.Count > _rows.Count ? label : 0);
        T[] keys = [.. Enumerable.Range(0, _rows.Count).Select(row => _predictions[(row * width) + column])];
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, order);
        (double pairs, double positives, double negatives) = (0, 0, 0);
        for (int i = 0; i < order.Length;)
        {
            (double equalPositives, double equalNegatives, T key) = (0, 0, keys[i]);
            for (; i < order.Length && keys[i] == key; i++)
            {
                (int actual, double weight) = _rows[order[i]];
                equalPositives += actual == label ? weight : 0;
                equalNegatives += actual == label ? 0 : weight;
            }

            pairs += equalPositives * (negatives + (equalNegatives / 2));
            (positives, negatives) = (positives + equalPositives, negatives + equalNegatives);
        }

        return pairs / (positives * negatives);
    }
}
