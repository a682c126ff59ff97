namespace Microsoft.ML.Trainers;

/// <summary>(s - y)^2.</summary>
public sealed class SquaredLoss : ISupportSdcaRegressionLoss
{
    public double Loss(float output, float label)
    {
        float error = output - label;
        return error * error;
    }

    public float Derivative(float output, float label) => 2 * (output - label);

    public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 1 / (0.5f + scaledFeaturesNormSquared);

    /// <summary>The exact maximum along the coordinate.</summary>
    public float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads) =>
        (label - output - dual / 2) * invariant;

    public double DualLoss(float label, float dual) => dual * (label - dual / 4);
}
