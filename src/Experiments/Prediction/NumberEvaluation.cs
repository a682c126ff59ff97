using MathNet.Numerics;
using StatisticsOf = MathNet.Numerics.Statistics.Statistics;

namespace EE569.Experiments.Prediction;

/// <summary>Errors of predicted numbers, all but R² in the label's unit.</summary>
internal sealed class NumberEvaluation : IEvaluation
{
    private readonly double[] _actual;

    /// <param name="actual">The labels.</param>
    /// <param name="predicted">The prediction for each.</param>
    public NumberEvaluation(double[] actual, double[] predicted)
    {
        (_actual, Predicted) = (actual, predicted);
        Residuals = [.. actual.Zip(predicted, (label, score) => label - score)];
        double mean = actual.Average(), variance = actual.Average(value => (value - mean) * (value - mean)), mse = Distance.MSE(actual, predicted);
        (MeanAbsoluteError, RootMeanSquaredError) = (Distance.MAE(actual, predicted), Math.Sqrt(mse));
        MedianAbsoluteError = StatisticsOf.Median(Residuals.Select(Math.Abs));
        RSquared = variance > 0 ? 1 - (mse / variance) : null;
    }

    /// <summary>The prediction of each row.</summary>
    public IReadOnlyList<double> Predicted { get; }

    /// <summary>Label minus prediction of each row.</summary>
    public double[] Residuals { get; }

    public int Rows => Residuals.Length;

    public double MeanAbsoluteError { get; }

    public double RootMeanSquaredError { get; }

    public double MedianAbsoluteError { get; }

    /// <summary>The mean residual: above 0 where predictions are too low.</summary>
    public double MeanResidual => Residuals.Average();

    /// <summary>The share of the labels' variance that the predictions explain; null for labels that are all the same.</summary>
    public double? RSquared { get; }

    public IReadOnlyList<(string Name, double? Value)> Measures =>
        [("MAE", MeanAbsoluteError), (LossName, RootMeanSquaredError), ("median absolute error", MedianAbsoluteError), ("mean residual", MeanResidual), ("R2", RSquared)];

    public IReadOnlyList<double> RowLosses => [.. Residuals.Select(Math.Abs)];

    public IEvaluation Resampled(int[] rows) => new NumberEvaluation([.. rows.Select(row => _actual[row])], [.. rows.Select(row => Predicted[row])]);

    public string LossName => "RMSE";

    public double Loss => RootMeanSquaredError;

    public string Summary => FormattableString.Invariant($"{Rows} rows: MAE {MeanAbsoluteError:G5}, RMSE {RootMeanSquaredError:G5}, R2 {(RSquared is { } share ? share.ToString("F4", CultureInfo.InvariantCulture) : "not defined")}");

    public IReadOnlyList<Table> Tables =>
    [
        Measures.Aggregate(new Table("figures", "figure", new("value", "G5")) { Title = "Figures" }, (table, measure) => table.Add(measure.Name, measure.Value)),
    ];

    public IReadOnlyList<Figure> Figures => NumberCharts.All(this);

    public IReadOnlyList<string> Notes => RSquared is null ? [$"{(Rows == 1 ? "There is one row" : "All rows have the same label")}: R2, which compares with the labels' variance, is not defined."] : [];

    public object Json => new { rows = Rows, mae = MeanAbsoluteError, rmse = RootMeanSquaredError, medianAbsoluteError = MedianAbsoluteError, meanResidual = MeanResidual, r2 = RSquared };
}
