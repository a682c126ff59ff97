using EE569.Engine.Data;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>The same seed gives the same bits: in repeated runs, with any number of threads, and after an interruption.</summary>
[TestClass]
public class ReproducibilityTests
{
    private static readonly TrainingOptions<float> Options = new()
    {
        BatchSize = 64,
        NumberOfEpochs = 6,
        LearningRate = 0.01,
        Schedule = EE569.Engine.Schedules.Schedules.OneCycle(),
        Optimizer = new Adam<float>(),
        L2Regularization = 1e-4,
        GradientClipNorm = 1,
    };

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(4)]
    public void Same_bits_in_repeated_runs_and_for_any_number_of_threads(int threads)
    {
        TrainingResult<float> expected = Fit(Options);
        TrainingResult<float> actual = Fit(Options with { NumberOfThreads = threads });
        CollectionAssert.AreEqual(expected.Network.CopyParameters(), actual.Network.CopyParameters());
        CollectionAssert.AreEqual(Figures(expected.History), Figures(actual.History));
    }

    [TestMethod]
    public void Another_seed_gives_other_bits() =>
        CollectionAssert.AreNotEqual(Fit(Options).Network.CopyParameters(), Fit(Options with { Seed = 2 }).Network.CopyParameters());

    [TestMethod]
    [DataRow("sgd")]
    [DataRow("nesterov")]
    [DataRow("adam")]
    public void A_training_resumed_from_a_saved_state_gives_the_bits_of_an_unbroken_one(string optimizer)
    {
        TrainingOptions<float> options = Options with
        {
            Optimizer = optimizer switch { "sgd" => new SGD<float>(), "nesterov" => new Nesterov<float>(), _ => new Adam<float>() },
            EarlyStopping = new EarlyStopping { Patience = 100 },
        };
        using var file = new MemoryStream();
        Action<TrainingState<float>> saveThird = state =>
        {
            if (state.Epoch == 3)
            {
                state.Save(file);
            }
        };
        TrainingResult<float> unbroken = Fit(options with { Checkpoint = saveThird });

        file.Position = 0;
        TrainingResult<float> resumed = Fit(options, TrainingState<float>.Load(file));

        CollectionAssert.AreEqual(unbroken.Network.CopyParameters(), resumed.Network.CopyParameters());
        CollectionAssert.AreEqual(Figures(unbroken.History), Figures(resumed.History));
        Assert.AreEqual(unbroken.BestEpoch, resumed.BestEpoch);
    }

    [TestMethod]
    public void A_cancelled_training_resumes_at_its_last_completed_epoch()
    {
        using var source = new CancellationTokenSource();
        int batches = 0;
        var interrupting = Options with
        {
            CancellationToken = source.Token,
            // A schedule is asked once at the start of an epoch and once in each step: cancel in the middle of the third.
            Schedule = (step, total) =>
            {
                if (++batches == 20)
                {
                    source.Cancel();
                }

                return Options.Schedule(step, total);
            },
        };
        TrainingResult<float> cancelled = Fit(interrupting);
        Assert.AreEqual(StopReason.Cancelled, cancelled.StopReason);
        Assert.IsTrue(cancelled.State.Epoch is > 0 and < 6);

        CollectionAssert.AreEqual(Fit(Options).Network.CopyParameters(), Fit(Options, cancelled.State).Network.CopyParameters());
    }

    [TestMethod]
    public void Partial_fits_chunk_by_chunk_equal_one_epoch_over_all()
    {
        DenseData<double> data = TestData.Clusters<double>(40, 5, 3);
        var options = new TrainingOptions<double> { BatchSize = 10, NumberOfEpochs = 1, Shuffle = false, Optimizer = new Adam<double>() };
        Network<double> whole = TestData.Linear<double>(5, 3);
        new MiniBatchTrainer<double>(options).Fit(whole, data);

        Network<double> chunked = TestData.Linear<double>(5, 3);
        TrainingState<double>? state = null;
        for (int first = 0; first < 40; first += 20)
        {
            DenseData<double> chunk = data.Subset([.. Enumerable.Range(first, 20)]);
            state = new MiniBatchTrainer<double>(options).PartialFit(chunked, chunk, state).State;
        }

        CollectionAssert.AreEqual(whole.CopyParameters(), chunked.CopyParameters());
        Assert.AreEqual(4, state!.Step);
    }

    [TestMethod]
    public void A_state_of_another_network_or_optimiser_is_refused()
    {
        TrainingState<float> state = Fit(Options).State;
        Assert.ThrowsExactly<ArgumentException>(() => Fit(Options with { Optimizer = new SGD<float>() }, state));
        Assert.ThrowsExactly<ArgumentException>(() => new MiniBatchTrainer<float>(Options).Fit(TestData.Linear<float>(8, 3), Data(), Data(), state));
    }

    [TestMethod]
    public void A_damaged_state_is_refused()
    {
        using var file = new MemoryStream();
        Fit(Options).State.Save(file);
        byte[] bytes = file.ToArray();

        for (int length = 0; length < bytes.Length; length += 97)
        {
            Assert.ThrowsExactly<InvalidDataException>(() => TrainingState<float>.Load(new MemoryStream(bytes[..length])));
        }

        Assert.ThrowsExactly<InvalidDataException>(() => TrainingState<double>.Load(new MemoryStream(bytes)));
        bytes[0] ^= 1;
        Assert.ThrowsExactly<InvalidDataException>(() => TrainingState<float>.Load(new MemoryStream(bytes)));
    }

    private static DenseData<float> Data() => TestData.Clusters<float>(500, 8, 3);

    private static TrainingResult<float> Fit(TrainingOptions<float> options, TrainingState<float>? resumeFrom = null)
    {
        Network<float> network = new FeedForward { Inputs = 8, HiddenLayers = [64, 32], Outputs = 3, Dropout = 0.2 }.Build<float>();
        return new MiniBatchTrainer<float>(options).Fit(network, Data(), TestData.Clusters<float>(100, 8, 3, seed: 4), resumeFrom);
    }

    private static EpochRecord[] Figures(History history) => [.. history.Select(record => record with { Seconds = 0 })];
}
