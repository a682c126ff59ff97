namespace Microsoft.ML.Trainers;

/// <summary>Options of learners that look at one row at a time.</summary>
public abstract class OnlineLinearOptions : TrainerInputBaseWithLabel
{
    private protected OnlineLinearOptions()
    {
    }

    public int NumberOfIterations = 1;

    /// <summary>Above 0, training starts from random weights between plus and minus half of it.</summary>
    public float InitialWeightsDiameter;

    public bool Shuffle = true;
}

public abstract class AveragedLinearOptions : OnlineLinearOptions
{
    private protected AveragedLinearOptions()
    {
    }

    public float LearningRate;

    /// <summary>Divides the learning rate by the square root of the number of updates.</summary>
    public bool DecreaseLearningRate;

    public float L2Regularization;

    /// <summary>Whether the model is the average of the weights after every row, or the last weights.</summary>
    public bool Averaged = true;
}
