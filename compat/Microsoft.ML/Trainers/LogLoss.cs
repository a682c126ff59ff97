namespace Microsoft.ML.Trainers;

/// <summary>log(1 + exp(-y s)), y = 1 or -1.</summary>
public sealed class LogLoss : ISupportSdcaClassificationLoss
{
    public double Loss(float output, float label)
    {
        double margin = label > 0 ? output : -output;
        return margin > 0 ? double.LogP1(Math.Exp(-margin)) : double.LogP1(Math.Exp(margin)) - margin;
    }

    public float Derivative(float output, float label) => label > 0 ? -Sigmoid(-output) : Sigmoid(output);

    // The loss is 1/4-smooth; the step of the paper's section 6.2 for smooth losses.
    public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 1 / Math.Max(1, 0.25f + scaledFeaturesNormSquared);

    public float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads) =>
        (label > 0 ? Sigmoid(-output) - dual : -Sigmoid(output) - dual) * invariant;

    public double DualLoss(float label, float dual)
    {
        double p = label > 0 ? dual : -dual;
        return p is < 0 or > 1 ? double.NegativeInfinity : Entropy(p) + Entropy(1 - p);
    }

    private static double Entropy(double p) => p > 0 ? -p * Math.Log(p) : 0;

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
