using System.Numerics;
using EE569.Engine.Graphs;

namespace EE569.Engine.Tests.Nodes;

/// <summary>The new node of docs/engine.md, y = log(1 + exp(x)): nothing but this file is needed to add it.</summary>
public sealed class Softplus<T>(Node<T> x) : Node<T>(x.Width, x) where T : unmanaged, IFloatingPointIeee754<T>
{
    // y = max(x, 0) + log(1 + e) with e = exp(-|x|). T.LogP1(e) is log(1 + e) as it stands, which is 0 for small e; 2 artanh(e / (2 + e)) is not.
    public override void Forward()
    {
        Span<T> x = Inputs[0].Value.Values;
        Span<T> y = Value.Values;
        for (int i = 0; i < y.Length; i++)
        {
            T e = T.Exp(-T.Abs(x[i]));
            y[i] = T.Max(x[i], T.Zero) + (T.One + T.One) * T.Atanh(e / (e + T.One + T.One));
        }
    }

    // y' = exp(x) / (1 + exp(x)); for positive x both are divided by exp(x), so that nothing overflows.
    public override void Backward()
    {
        Span<T> x = Inputs[0].Value.Values;
        Span<T> dx = Inputs[0].Gradient.Values;
        Span<T> dy = Gradient.Values;
        for (int i = 0; i < dx.Length; i++)
        {
            dx[i] += dy[i] * T.Exp(T.Min(x[i], T.Zero)) / (T.One + T.Exp(-T.Abs(x[i])));
        }
    }
}
