using System.Numerics;
using EE569.Engine.Nodes;

namespace EE569.Engine.Tests.Nodes;

/// <summary>The new node of docs/engine.md, y = log(1 + exp(x)): nothing but this file is needed to add it.</summary>
public sealed class Softplus<T>(Node<T> x) : Node<T>(x.Width, x) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Forward()
    {
        Span<T> x = Inputs[0].Value.Values;
        Span<T> y = Value.Values;
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.Max(x[i], T.Zero) + T.LogP1(T.Exp(-T.Abs(x[i])));
        }
    }

    // y' = exp(x) / (1 + exp(x)) = 1 / (1 + exp(-x)).
    public override void Backward()
    {
        Span<T> x = Inputs[0].Value.Values;
        Span<T> dx = Inputs[0].Gradient.Values;
        Span<T> dy = Gradient.Values;
        for (int i = 0; i < dx.Length; i++)
        {
            dx[i] += dy[i] / (T.One + T.Exp(-x[i]));
        }
    }
}
