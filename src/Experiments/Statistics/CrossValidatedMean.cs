using MathNet.Numerics.Distributions;

namespace EE569.Experiments.Statistics;

/// <summary>The mean of a metric over the folds of a k-fold cross-validation, repeated or not, and its standard error.</summary>
/// <remarks>
/// Folds share training rows, so their values are not independent and s / sqrt(J) is too small. The variance of the mean of J values is
/// taken as s^2 (1 / J + 1 / (k - 1)), the share of test to training rows added (C. Nadeau, Y. Bengio, Inference for the Generalization
/// Error, Machine Learning 52, 2003).
/// </remarks>
internal readonly record struct CrossValidatedMean(double Mean, double StandardError)
{
    /// <summary>Summarises the values of all folds of all repetitions.</summary>
    /// <param name="values">A value for each fold of each repetition.</param>
    /// <param name="folds">k, the folds of one repetition; at least 2.</param>
    public static CrossValidatedMean Of(IReadOnlyCollection<double> values, int folds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var sample = Sample.Of(values);
        return new CrossValidatedMean(sample.Mean, sample.Deviation * Math.Sqrt((1.0 / sample.Count) + (1.0 / (folds - 1))));
    }

    /// <summary>Two-sided p-value for a true mean of 0: Student's t with one degree of freedom less than there are values; 1 where all values are 0.</summary>
    /// <param name="count">The number of values.</param>
    public double TwoSidedP(int count) => Mean == 0 ? 1 : 2 * StudentT.CDF(0, 1, count - 1, -Math.Abs(Mean / StandardError));
}
