namespace EE569.Engine.Losses;

/// <summary>
/// A running quality figure, higher is better: the accuracy of classes, or the coefficient of determination R^2 of values
/// (over all outputs together, about the mean of all targets).
/// </summary>
public sealed class Metric
{
    /// <summary>Numbers of <see cref="CopyTo"/>.</summary>
    internal const int Length = 6;

    /// <summary>Beyond this many classes no confusion matrix is kept.</summary>
    private const int MostClasses = 100;

    private Matrix<double>? _confusion;
    private double _weightSum;
    private double _correctWeight;
    private double _targetMean;
    private double _targetVariation;
    private double _squaredErrors;
    private bool _isRegression;

    /// <summary>Accuracy in [0, 1], or R^2 up to 1; not a number before anything was added, or when R^2 meets constant targets.</summary>
    public double Value => _isRegression ? (_targetVariation == 0 ? double.NaN : 1 - _squaredErrors / _targetVariation) : _correctWeight / _weightSum;

    /// <summary>The weight of the classified rows by actual (row) and predicted (column) class; null where none was added or there are more than 100 classes.</summary>
    internal Matrix<double>? Confusion => _weightSum > 0 && !_isRegression ? _confusion : null;

    /// <summary>Starts anew.</summary>
    public void Reset()
    {
        _confusion?.Values.Clear();
        (_weightSum, _correctWeight, _targetMean, _targetVariation, _squaredErrors) = (0, 0, 0, 0, 0);
        _isRegression = false;
    }

    /// <summary>Adds a classified row.</summary>
    /// <param name="weight">Its example weight.</param>
    /// <param name="actual">The index of its class.</param>
    /// <param name="predicted">The index of the class predicted.</param>
    /// <param name="classes">The number of classes.</param>
    public void Add(double weight, int actual, int predicted, int classes)
    {
        _weightSum += weight;
        _correctWeight += actual == predicted ? weight : 0;
        if (classes <= MostClasses)
        {
            _confusion = _confusion?.Rows == classes ? _confusion : new Matrix<double>(classes, classes);
            _confusion[actual, predicted] += weight;
        }
    }

    /// <summary>Adds a predicted value.</summary>
    /// <param name="weight">The row's example weight.</param>
    /// <param name="target">The value wanted.</param>
    /// <param name="prediction">The value predicted.</param>
    public void Add(double weight, double target, double prediction)
    {
        _isRegression = true;
        if (weight == 0)
        {
            return;
        }

        // West (1979): the sum of squares about the running mean, free of cancellation.
        _weightSum += weight;
        double distance = target - _targetMean;
        _targetMean += distance * weight / _weightSum;
        _targetVariation += weight * distance * (target - _targetMean);
        _squaredErrors += weight * (target - prediction) * (target - prediction);
    }

    /// <summary>Adds what another has seen.</summary>
    internal void Add(Metric other)
    {
        _isRegression |= other._isRegression;
        double sum = _weightSum + other._weightSum;
        if (sum == 0)
        {
            return;
        }

        if (other.Confusion is { } confusion)
        {
            _confusion = _confusion?.Rows == confusion.Rows ? _confusion : new Matrix<double>(confusion.Rows, confusion.Rows);
            TensorPrimitives.Add(_confusion.Values, confusion.Values, _confusion.Values);
        }

        // Chan, Golub, LeVeque (1979): the sums of squares about two means become that about the mean of all.
        double distance = other._targetMean - _targetMean;
        _targetVariation += other._targetVariation + distance * distance * (_weightSum * (other._weightSum / sum));
        _targetMean += distance * (other._weightSum / sum);
        (_weightSum, _correctWeight, _squaredErrors) = (sum, _correctWeight + other._correctWeight, _squaredErrors + other._squaredErrors);
    }

    /// <summary>Writes the sums, to send them; the confusion matrix stays behind.</summary>
    internal void CopyTo(Span<double> numbers) =>
        ((ReadOnlySpan<double>)[_weightSum, _correctWeight, _targetMean, _targetVariation, _squaredErrors, _isRegression ? 1 : 0]).CopyTo(numbers);

    /// <summary>Reads what <see cref="CopyTo"/> wrote.</summary>
    internal void Set(ReadOnlySpan<double> numbers)
    {
        _confusion = null;
        (_weightSum, _correctWeight, _targetMean, _targetVariation, _squaredErrors) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
        _isRegression = numbers[5] != 0;
    }
}
