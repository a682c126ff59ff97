namespace Microsoft.ML.Calibrators;

/// <summary>Turns a score into the probability of the positive class.</summary>
public interface ICalibrator
{
    float PredictProbability(float output);
}
