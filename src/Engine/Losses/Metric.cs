namespace EE569.Engine.Losses;

/// <summary>
/// A running quality figure, higher is better: the accuracy of classes, or the coefficient of determination R^2 of values
/// (over all outputs together, about the mean of all targets).
/// </summary>
public sealed class Metric
{
    private double _weightSum;
    private double _correctWeight;
    private double _targetMean;
    private double _targetVariation;
    private double _squaredErrors;
    private bool _isRegression;

    /// <summary>Accuracy in [0, 1], or R^2 up to 1; not a number before anything was added, or when R^2 meets constant targets.</summary>
    public double Value => _isRegression ? (_targetVariation == 0 ? double.NaN : 1 - _squaredErrors / _targetVariation) : _correctWeight / _weightSum;

    /// <summary>Starts anew.</summary>
    public void Reset()
    {
        (_weightSum, _correctWeight, _targetMean, _targetVariation, _squaredErrors) = (0, 0, 0, 0, 0);
        _isRegression = false;
    }

    /// <summary>Adds a classified row.</summary>
    /// <param name="weight">Its example weight.</param>
    /// <param name="isCorrect">Whether the class was right.</param>
    public void Add(double weight, bool isCorrect)
    {
        _weightSum += weight;
        _correctWeight += isCorrect ? weight : 0;
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
}
