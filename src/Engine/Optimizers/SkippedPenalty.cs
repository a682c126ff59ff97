namespace EE569.Engine.Optimizers;

/// <summary>How the penalty L2Regularization reaches the weights whose features do not occur in a batch of sparse rows.</summary>
internal enum SkippedPenalty
{
    /// <summary>Its gradient is no constant factor, so that every step has to update every weight.</summary>
    NotSkipped,

    /// <summary>Each step multiplies the weight by 1 - 2 rate lambda; the product of these factors is caught up when the weight is next read.</summary>
    CaughtUp,

    /// <summary>Not at all: the penalty acts in the steps whose batch holds the feature.</summary>
    LeftOut,
}
