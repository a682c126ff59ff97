namespace EE569.Experiments.Studies;

/// <summary>Loss and accuracy on some examples.</summary>
internal readonly record struct Score(double Loss, double Accuracy)
{
    public static Score Of(Network<float> network, Examples examples)
    {
        (double loss, double accuracy) = MiniBatchTrainer<float>.Evaluate(network, examples.ToData());
        return new Score(loss, accuracy);
    }
}
