using EE569.Engine.Optimizers;

namespace EE569.Engine.Tests.Optimizers;

/// <summary>Moments of a weight whose gradient has vanished end at zero, not among the slow subnormal numbers.</summary>
[TestClass]
public class DecayedMomentTests
{
    public static IEnumerable<object[]> Optimizers =>
    [
        [new Momentum<float>()], [new Nesterov<float>()], [new RMSProp<float>(decay: 0.9, momentum: 0.9)], [new Adam<float>(beta2: 0.9)], [new AdamW<float>(beta2: 0.9)],
    ];

    [TestMethod]
    [DynamicData(nameof(Optimizers))]
    public void A_vanished_gradient_leaves_zero(Optimizer<float> optimizer)
    {
        float[][] slots = Run(optimizer, step => step == 1 ? 1f : 0f);

        Assert.IsTrue(slots.Take(optimizer.Slots).All(slot => slot.All(moment => moment == 0)));
    }

    [TestMethod]
    [DynamicData(nameof(Optimizers))]
    public void No_step_of_a_fading_gradient_leaves_a_subnormal_moment(Optimizer<float> optimizer) =>
        Run(optimizer, step => (float)Math.Pow(0.9, step), slots => Assert.IsFalse(slots.Any(slot => slot.Any(float.IsSubnormal))));

    private static float[][] Run(Optimizer<float> optimizer, Func<int, float> gradientOf, Action<float[][]>? check = null)
    {
        float[] values = new float[19];
        float[] gradient = new float[values.Length];
        float[][] slots = [new float[values.Length], new float[values.Length]];
        for (int step = 1; step <= 1_200; step++)
        {
            Array.Fill(gradient, gradientOf(step));
            optimizer.Update(new ParameterUpdate<float>(values, gradient, optimizer.Slots > 0 ? slots[0] : [], optimizer.Slots > 1 ? slots[1] : [], 0.01, 1, step));
            check?.Invoke(slots);
        }

        return slots;
    }
}
