namespace EE569.Engine.Activations;

/// <summary>The activation function of hidden layers; a new one has a node beside this file, a line in <see cref="ActivationNodes"/> and, to be saved, one in Trainers' StageFunction.</summary>
public enum Activation
{
    /// <summary>None: y = x.</summary>
    Identity,

    /// <summary>Logistic function, see <see cref="Sigmoid{T}"/>.</summary>
    Sigmoid,

    /// <summary>Hyperbolic tangent, see <see cref="Tanh{T}"/>.</summary>
    Tanh,

    /// <summary>Rectifier, see <see cref="ReLU{T}"/>.</summary>
    ReLU,

    /// <summary>Rectifier with slope 0.01 on the left, see <see cref="LeakyReLU{T}"/>.</summary>
    LeakyReLU,

    /// <summary>Self-normalising unit, see <see cref="SELU{T}"/>.</summary>
    SELU,

    /// <summary>Gaussian error linear unit, see <see cref="GELU{T}"/>.</summary>
    GELU,

    /// <summary>Smooth rectifier, see <see cref="Mish{T}"/>.</summary>
    Mish,
}
