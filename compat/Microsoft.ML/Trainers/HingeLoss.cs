namespace Microsoft.ML.Trainers;

/// <summary>max(0, margin - y s), y = 1 or -1.</summary>
public sealed class HingeLoss(float margin = 1f) : ISupportSdcaClassificationLoss
{
    public double Loss(float output, float label) => Math.Max(0, margin - Sign(label) * output);

    public float Derivative(float output, float label) => Sign(label) * output < margin ? -Sign(label) : 0;

    public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 1 / scaledFeaturesNormSquared;

    /// <summary>The exact maximum along the coordinate: y dual stays in [0, 1].</summary>
    public float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads)
    {
        float y = Sign(label);
        return y * Math.Clamp(y * dual + (margin - y * output) * invariant, 0, 1) - dual;
    }

    public double DualLoss(float label, float dual)
    {
        float a = Sign(label) * dual;
        return a is < 0 or > 1 ? double.NegativeInfinity : margin * a;
    }

    private static float Sign(float label) => label > 0 ? 1 : -1;
}
