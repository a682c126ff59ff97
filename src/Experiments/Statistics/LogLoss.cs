namespace EE569.Experiments.Statistics;

/// <summary>The mean of -ln p of the actual class, for probabilities that come as floats.</summary>
/// <remarks>
/// A float's probability of exactly 0 or 1 is rounding, not certainty: p is clipped to [ε, 1 - ε], as scikit-learn does for such probabilities, so that one row costs
/// at most 15.9 nats and the mean is never infinite.
/// </remarks>
internal static class LogLoss
{
    /// <summary>2⁻²³, the distance from 1 to the next float.</summary>
    private const double Epsilon = 1.0 / (1 << 23);

    /// <param name="probabilities">The predicted probability of each row's actual class; NaN stays NaN.</param>
    /// <returns>The log-loss in nats.</returns>
    public static double Of(IEnumerable<double> probabilities) => -probabilities.Average(probability => Math.Log(Math.Clamp(probability, Epsilon, 1 - Epsilon)));
}
