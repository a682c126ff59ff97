namespace EE569.Trainers;

/// <summary>The parameters of a fitted <see cref="LogisticMlpTrainer"/>, <see cref="TabMBinaryTrainer"/> or <see cref="RealMlpBinaryTrainer"/>: one score; the logistic function turns it into the probability of true.</summary>
public sealed class LogisticMlpModelParameters : NetworkModelParameters
{
    internal LogisticMlpModelParameters(NetworkForm form)
        : base(form, scoring: LossFunction.MeanSquaredError) // the scorer gives the score, too, not the probability alone
    {
    }
}
