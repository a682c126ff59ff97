using EE569.Engine.Data;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using EE569.Engine.Training;

namespace EE569.Reliability.Tests.Fuzz;

/// <summary>Whatever the options, training is refused with an error that names one of them, or ends with finite weights.</summary>
[TestClass]
public sealed class OptionFuzzTests
{
    [TestMethod]
    public void Any_options_are_refused_or_give_a_finite_model() => Fuzzer.Run(2000, mutator =>
    {
        (Network<float> network, DenseData<float> data) = Problem.Small((ulong)mutator.Seed);
        TrainingOptions<float> options = new()
        {
            BatchSize = (int)Math.Clamp(mutator.Number(), -2, int.MaxValue),
            NumberOfEpochs = (int)Math.Clamp(mutator.Number(), -2, 5),
            LearningRate = mutator.Number(),
            L2Regularization = mutator.Random.Next(2) == 0 ? 0 : mutator.Number(),
            L1Regularization = mutator.Random.Next(2) == 0 ? 0 : mutator.Number(),
            GradientClipNorm = mutator.Random.Next(2) == 0 ? null : mutator.Number(),
            ClassWeights = mutator.Random.Next(2) == 0 ? null : [mutator.Number(), mutator.Number()],
            NumberOfThreads = mutator.Random.Next(-1, 4),
            EarlyStopping = mutator.Random.Next(2) == 0 ? null : new EarlyStopping { Patience = mutator.Random.Next(-1, 3), MinimumDelta = mutator.Number() },
            Optimizer = mutator.Random.Next(2) == 0 ? new SGD<float>() : new AdamW<float>(weightDecay: Math.Abs(Finite(mutator.Number()))),
        };

        TrainingResult<float> result = new MiniBatchTrainer<float>(options).Fit(network, data, options.EarlyStopping is null ? null : data);

        Assert.IsTrue(result.Network.CopyParameters().All(float.IsFinite), $"weights of {result.StopReason} are not finite");
    }, error => error is ArgumentException argument && argument.Message.Length > 10);

    private static double Finite(double value) => double.IsFinite(value) ? Math.Clamp(value, -1e30, 1e30) : 0.01;
}
