using EE569.Engine.Activations;
using EE569.Engine.Kernels.Elements;

namespace EE569.Engine.Tests.Kernels;

/// <summary>Functions are applied to any number of elements, in place or not; EE569.Engine.Tests.Accuracy has their values.</summary>
[TestClass]
public class ElementMapTests
{
    [TestMethod]
    public void Results_may_replace_arguments()
    {
        foreach (int length in new[] { 0, 1, 3, 8, 37 })
        {
            float[] x = [.. Enumerable.Range(0, length).Select(i => MathF.Sin(i))], dy = [.. x.Select(value => value + 1)], expected = new float[length];
            ElementMap.Apply<Tanh<float>.Derivative, float>(x, dy, expected);
            ElementMap.Apply<Tanh<float>.Derivative, float>(x, dy, dy);
            CollectionAssert.AreEqual(expected, dy);
            ElementMap.Apply<Tanh<float>.Function, float>(x, expected);
            ElementMap.Apply<Tanh<float>.Function, float>(x, x);
            CollectionAssert.AreEqual(expected, x);
        }
    }

    [TestMethod]
    public void Vectors_of_different_lengths_are_refused() =>
        Assert.ThrowsExactly<ArgumentException>(() => ElementMap.Apply<Tanh<float>.Derivative, float>(new float[3], new float[3], new float[2]));
}
