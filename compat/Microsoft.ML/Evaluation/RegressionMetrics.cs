namespace Microsoft.ML.Data;

public sealed class RegressionMetrics
{
    internal RegressionMetrics(double meanAbsoluteError, double meanSquaredError, double lossFunction, double labelVariance)
    {
        MeanAbsoluteError = meanAbsoluteError;
        MeanSquaredError = meanSquaredError;
        LossFunction = lossFunction;
        RSquared = labelVariance > 0 ? 1 - meanSquaredError / labelVariance : double.NaN;
    }

    public double MeanAbsoluteError { get; }

    public double MeanSquaredError { get; }

    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>The mean squared error again, of errors rounded to single precision.</summary>
    public double LossFunction { get; }

    /// <summary>The share of the labels' variance that the predictions explain.</summary>
    public double RSquared { get; }
}
