namespace EE569.Engine.Losses;

/// <summary>The loss of a network together with its output function.</summary>
public enum LossFunction
{
    /// <summary>Sigmoid and logistic loss, see <see cref="BinaryCrossEntropy{T}"/>.</summary>
    BinaryCrossEntropy,

    /// <summary>Softmax and cross-entropy, see <see cref="SoftmaxCrossEntropy{T}"/>.</summary>
    SoftmaxCrossEntropy,

    /// <summary>No output function and squared error, see <see cref="MeanSquaredError{T}"/>.</summary>
    MeanSquaredError,
}
