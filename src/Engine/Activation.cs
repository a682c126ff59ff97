namespace EE569.Engine;

/// <summary>The activation function of hidden layers.</summary>
public enum Activation
{
    /// <summary>None: y = x.</summary>
    Identity,

    /// <summary>Logistic function, see <see cref="Nodes.Sigmoid{T}"/>.</summary>
    Sigmoid,

    /// <summary>Hyperbolic tangent, see <see cref="Nodes.Tanh{T}"/>.</summary>
    Tanh,

    /// <summary>Rectifier, see <see cref="Nodes.ReLU{T}"/>.</summary>
    ReLU,

    /// <summary>Rectifier with slope 0.01 on the left, see <see cref="Nodes.LeakyReLU{T}"/>.</summary>
    LeakyReLU,

    /// <summary>Self-normalising unit, see <see cref="Nodes.SELU{T}"/>.</summary>
    SELU,

    /// <summary>Gaussian error linear unit, see <see cref="Nodes.GELU{T}"/>.</summary>
    GELU,
}
