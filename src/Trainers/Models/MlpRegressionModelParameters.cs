namespace EE569.Trainers;

/// <summary>The parameters of a fitted <see cref="MlpRegressionTrainer"/>, <see cref="TabMRegressionTrainer"/> or <see cref="RealMlpRegressionTrainer"/>: one score, the prediction.</summary>
public sealed class MlpRegressionModelParameters : NetworkModelParameters
{
    internal MlpRegressionModelParameters(NetworkForm form)
        : base(form, scoring: LossFunction.MeanSquaredError)
    {
    }
}
