namespace EE569.Engine.Networks;

/// <summary>The data-driven start of a layer (Holzmüller et al., 2024): weights "std", biases "he+5".</summary>
internal static class DataStart
{
    private const int RowsOfBias = 5;

    // With p_r the output of row r without bias: each unit's weights are divided by the standard deviation of p over the rows (and multiplied by the one wanted), and its bias is
    // -sum_j c_j p_r(j) for 5 random rows r(j) and random c_j that sum to 1, drawn from the exponential distribution.

    /// <summary>Fits a layer to the rows of its last forward pass.</summary>
    public static void Fit<T>(Linear<T> layer, double wanted, ref SplitMix64 random) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (Matrix<T> weights, Matrix<T> bias, Matrix<T> outputs) = (layer.Inputs[1].Value, layer.Inputs[2].Value, layer.Value);
        for (int unit = 0; unit < layer.Width; unit++)
        {
            (double mean, double squares) = (0, 0);
            for (int row = 0; row < outputs.Rows; row++)
            {
                double difference = Of(row, unit) - mean;
                mean += difference / (row + 1);
                squares += difference * (Of(row, unit) - mean);
            }

            double deviation = Math.Sqrt(squares / outputs.Rows);
            double factor = deviation > 0 ? wanted / deviation : 1;
            foreach (ref T weight in weights.Row(unit))
            {
                weight = T.CreateTruncating(double.CreateTruncating(weight) * factor);
            }

            (double sum, double total) = (0, 0);
            for (int j = 0; j < RowsOfBias; j++)
            {
                double share = -Math.Log(1 - random.NextDouble());
                sum += share * factor * Of(random.NextInt32(outputs.Rows), unit);
                total += share;
            }

            bias[0, unit] = T.CreateTruncating(-sum / total);
        }

        double Of(int row, int unit) => double.CreateTruncating(outputs[row, unit]) - double.CreateTruncating(bias[0, unit]);
    }
}
