namespace EE569.Engine.Training;

/// <summary>F1 = 2 TP / (2 TP + FP + FN): of the second of two classes, else the mean over the classes that occur.</summary>
internal sealed class F1Score<T>(int classes) : ValidationScore<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double[] _true = new double[classes];
    private readonly double[] _actual = new double[classes];
    private readonly double[] _predicted = new double[classes];

    public override double Value => classes == 2 ? Of(1) : Enumerable.Range(0, classes).Where(label => _actual[label] > 0).Select(Of).DefaultIfEmpty(double.NaN).Average();

    public override void Reset() => Array.ForEach([_true, _actual, _predicted], Array.Clear);

    private protected override void Add(Targets<T> targets, int row, double weight, ReadOnlySpan<T> prediction)
    {
        (int label, int found) = (targets.Labels[row], ClassOf(prediction));
        _actual[label] += weight;
        _predicted[found] += weight;
        _true[label] += label == found ? weight : 0;
    }

    private double Of(int label) => _actual[label] + _predicted[label] is > 0 and var sum ? 2 * _true[label] / sum : double.NaN;
}
