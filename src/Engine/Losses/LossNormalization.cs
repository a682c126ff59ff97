namespace EE569.Engine.Losses;

/// <summary>What the weighted sum of the examples' losses is divided by.</summary>
public enum LossNormalization
{
    /// <summary>The sum of the weights in the batch: the scale of the weights does not matter, weight 2 equals the row twice.</summary>
    WeightedMean,

    /// <summary>The number of rows in the batch: heavier batches take larger steps.</summary>
    BatchSize,
}
