using System.Diagnostics;

namespace EE569.Engine.Activations;

/// <summary>The node of each activation.</summary>
internal static class ActivationNodes
{
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
