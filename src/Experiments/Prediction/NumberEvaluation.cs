using MathNet.Numerics;

namespace EE569.Experiments.Prediction;

/// <summary>Errors of predicted numbers.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="MeanAbsoluteError">MAE, in the label's unit.</param>
/// <param name="RootMeanSquaredError">RMSE, in the label's unit.</param>
/// <param name="RSquared">The share of the labels' variance that the predictions explain; NaN for labels that are all the same.</param>
internal sealed record NumberEvaluation(int Rows, double MeanAbsoluteError, double RootMeanSquaredError, double RSquared) : IEvaluation
{
    public static NumberEvaluation Of(double[] actual, IReadOnlyList<float> predicted)
    {
        double[] scores = [.. predicted.Select(score => (double)score)];
        double mean = actual.Average(), variance = actual.Average(value => (value - mean) * (value - mean)), mse = Distance.MSE(actual, scores);
        return new NumberEvaluation(actual.Length, Distance.MAE(actual, scores), Math.Sqrt(mse), variance > 0 ? 1 - (mse / variance) : double.NaN);
    }

    public string Summary => FormattableString.Invariant($"{Rows} rows: MAE {MeanAbsoluteError:G5}, RMSE {RootMeanSquaredError:G5}, R2 {RSquared:F4}");

    public Table? Details => null;

    public object Json => new { rows = Rows, mae = MeanAbsoluteError, rmse = RootMeanSquaredError, r2 = RSquared };
}
