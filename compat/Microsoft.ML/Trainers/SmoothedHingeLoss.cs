namespace Microsoft.ML.Trainers;

/// <summary>The hinge loss with its corner rounded over a width c: quadratic for 1 - c &lt; y s &lt; 1, linear below.</summary>
public sealed class SmoothedHingeLoss(float smoothingConstant = 1f) : ISupportSdcaClassificationLoss
{
    public double Loss(float output, float label)
    {
        float slack = 1 - Sign(label) * output;
        return slack <= 0 ? 0 : slack < smoothingConstant ? slack * slack / (2 * smoothingConstant) : slack - smoothingConstant / 2;
    }

    public float Derivative(float output, float label)
    {
        float y = Sign(label), slack = 1 - y * output;
        return slack <= 0 ? 0 : slack < smoothingConstant ? -y * slack / smoothingConstant : -y;
    }

    public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 1 / (smoothingConstant + scaledFeaturesNormSquared);

    /// <summary>The exact maximum along the coordinate: y dual stays in [0, 1].</summary>
    public float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads)
    {
        float y = Sign(label), a = y * dual;
        return y * Math.Clamp(a + (1 - y * output - smoothingConstant * a) * invariant, 0, 1) - dual;
    }

    public double DualLoss(float label, float dual)
    {
        float a = Sign(label) * dual;
        return a is < 0 or > 1 ? double.NegativeInfinity : a * (1 - smoothingConstant * a / 2);
    }

    private static float Sign(float label) => label > 0 ? 1 : -1;
}
