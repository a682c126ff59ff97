using System.Numerics;
using EE569.Engine.Optimizers;

namespace EE569.Engine.Tests.Optimizers;

/// <summary>The new optimiser of docs/engine.md, m = mu m + (1 - mu) g, p -= lr m: nothing but this file is needed to add it.</summary>
public sealed class AveragedGradient<T>(double decay = 0.9) : Optimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public override int Slots => 1;

    public override void Update(in ParameterUpdate<T> update) =>
        update.Apply(new Rule(T.CreateTruncating(update.LearningRate), T.CreateTruncating(decay)));

    private readonly struct Rule(T rate, T decay) : IUpdateRule<T>
    {
        public void Update(Vector<T> gradient, ref Vector<T> value, ref Vector<T> mean, ref Vector<T> unused)
        {
            mean = decay * mean + (T.One - decay) * gradient;
            value -= rate * mean;
        }
    }
}
