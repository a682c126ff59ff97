using EE569.Engine.Data;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using EE569.Engine.Training;

namespace EE569.Reliability.Tests.Fuzz;

/// <summary>A damaged checkpoint is refused by name, or holds a state that training can go on from or refuses by name.</summary>
[TestClass]
public sealed class CheckpointFuzzTests
{
    [TestMethod]
    [DataRow(false, 3000)]
    [DataRow(true, 250)]
    public void Damaged_checkpoints_are_refused_or_harmless(bool isTabM, int cases)
    {
        (Network<float> network, DenseData<float> data) = Problem.Small(seed: 1, isTabM);
        var trainer = new MiniBatchTrainer<float>(new TrainingOptions<float> { NumberOfEpochs = 3, BatchSize = 8, Optimizer = new Adam<float>() });
        byte[] original = Saved(trainer.Fit(network, data).State);
        var further = new MiniBatchTrainer<float>(new TrainingOptions<float> { NumberOfEpochs = 4, BatchSize = 8, Optimizer = new Adam<float>() });

        Fuzzer.Run(cases, mutator =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            TrainingState<float> state;
            using (var stream = new MemoryStream(mutator.Damage(original)))
            {
                state = TrainingState<float>.Load(stream);
            }

            Assert.IsLessThan(64L << 20, GC.GetAllocatedBytesForCurrentThread() - before, "a damaged count claimed memory");
            (Network<float> target, DenseData<float> same) = Problem.Small(seed: 1, isTabM);
            further.Fit(target, same, resumeFrom: state);
        }, error => error is InvalidDataException or ArgumentException);
    }

    private static byte[] Saved(TrainingState<float> state)
    {
        using var stream = new MemoryStream();
        state.Save(stream);
        return stream.ToArray();
    }
}
