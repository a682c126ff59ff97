namespace EE569.Engine;

/// <summary>The loss of a network together with its output function.</summary>
public enum LossFunction
{
    /// <summary>Sigmoid and logistic loss, see <see cref="Nodes.BinaryCrossEntropy{T}"/>.</summary>
    BinaryCrossEntropy,

    /// <summary>Softmax and cross-entropy, see <see cref="Nodes.SoftmaxCrossEntropy{T}"/>.</summary>
    SoftmaxCrossEntropy,

    /// <summary>No output function and squared error, see <see cref="Nodes.MeanSquaredError{T}"/>.</summary>
    MeanSquaredError,
}
