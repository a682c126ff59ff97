namespace Microsoft.ML.Trainers;

public interface ILossFunction<in TOutput, in TLabel>
{
    double Loss(TOutput output, TLabel label);
}

public interface IScalarLoss : ILossFunction<float, float>
{
    float Derivative(float output, float label);
}

/// <summary>A loss of a score and a binary label; a label above 0 is positive.</summary>
public interface IClassificationLoss : IScalarLoss;

public interface IRegressionLoss : IScalarLoss;

/// <summary>
/// A loss that stochastic dual coordinate ascent can handle. With q = |x|^2 / (lambda n), one step changes the dual variable of an
/// example by <see cref="DualUpdate"/>, given <see cref="ComputeDualUpdateInvariant"/>(q) (Shalev-Shwartz and Zhang, 2013).
/// </summary>
public interface ISupportSdcaLoss : IScalarLoss
{
    float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared);
    float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads);
    double DualLoss(float label, float dual);
}

public interface ISupportSdcaClassificationLoss : IClassificationLoss, ISupportSdcaLoss;

public interface ISupportSdcaRegressionLoss : IRegressionLoss, ISupportSdcaLoss;
