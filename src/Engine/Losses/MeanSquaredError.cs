namespace EE569.Engine.Losses;

/// <summary>Squared error (prediction - target)^2, averaged over the outputs of a row.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="predictions">Predictions, batch x outputs.</param>
public sealed class MeanSquaredError<T>(Node<T> predictions) : Loss<T>(predictions) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override int ClassCount => 0;

    /// <inheritdoc/>
    public override double? UninformedLoss => null;

    /// <inheritdoc/>
    public override void Predict(Matrix<T> scores, Matrix<T> result) => scores.Values.CopyTo(result.Values);

    /// <inheritdoc/>
    public override void Check(Targets<T> targets) => targets.CheckValues(Scores.Width, minimum: T.NegativeInfinity, maximum: T.PositiveInfinity);

    /// <inheritdoc/>
    protected override double Sum(Targets<T> targets, ReadOnlySpan<T> shares)
    {
        double sum = 0;
        for (int row = 0; row < shares.Length; row++)
        {
            ReadOnlySpan<T> prediction = Scores.Value.Row(row);
            ReadOnlySpan<T> target = targets.Values!.Row(row);
            double rowSum = 0;
            for (int c = 0; c < target.Length; c++)
            {
                double error = double.CreateTruncating(prediction[c]) - double.CreateTruncating(target[c]);
                rowSum += error * error;
            }

            sum += shares[row] == T.Zero ? 0 : double.CreateTruncating(shares[row]) * rowSum;
        }

        return sum / Scores.Width;
    }

    // d/dp (p - t)^2 / k = 2 (p - t) / k.

    /// <inheritdoc/>
    protected override void AddGradient(Targets<T> targets, ReadOnlySpan<T> shares, Matrix<T> gradient)
    {
        for (int row = 0; row < shares.Length; row++)
        {
            ReadOnlySpan<T> prediction = Scores.Value.Row(row);
            ReadOnlySpan<T> target = targets.Values!.Row(row);
            Span<T> dp = gradient.Row(row);
            double scale = double.CreateTruncating(shares[row]) * 2 / Scores.Width;
            for (int c = 0; c < target.Length; c++)
            {
                dp[c] += T.CreateTruncating(scale * (double.CreateTruncating(prediction[c]) - double.CreateTruncating(target[c])));
            }
        }
    }

    /// <inheritdoc/>
    protected override void Measure(Metric metric, Matrix<T> outputs, bool arePredictions)
    {
        ReadOnlySpan<T> target = Targets!.Values!.Values;
        ReadOnlySpan<T> prediction = outputs.Values;
        for (int i = 0; i < target.Length; i++)
        {
            metric.Add(Targets.Weight(i / Scores.Width), double.CreateTruncating(target[i]), double.CreateTruncating(prediction[i]));
        }
    }
}
