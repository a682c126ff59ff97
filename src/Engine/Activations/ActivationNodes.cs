using System.Diagnostics;

namespace EE569.Engine.Activations;

/// <summary>The node of each activation.</summary>
public static class ActivationNodes
{
    /// <summary>Puts an activation behind a node.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="activation">The function.</param>
    /// <param name="x">Its argument.</param>
    /// <returns>The node of f(x); x itself for <see cref="Activation.Identity"/>.</returns>
    public static Node<T> Apply<T>(this Activation activation, Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> => activation switch
    {
        Activation.Identity => x,
        Activation.Sigmoid => new Sigmoid<T>(x),
        Activation.Tanh => new Tanh<T>(x),
        Activation.ReLU => new ReLU<T>(x),
        Activation.LeakyReLU => new LeakyReLU<T>(x),
        Activation.SELU => new SELU<T>(x),
        Activation.GELU => new GELU<T>(x),
        Activation.Mish => new Mish<T>(x),
        _ => throw new UnreachableException(),
    };
}
