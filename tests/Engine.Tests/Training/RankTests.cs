using EE569.Distributed;
using EE569.Engine.Data;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using EE569.Engine.Parallel;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>A training on any number of ranks and threads has the bits of one alone; ranks are threads here.</summary>
[TestClass]
public class RankTests
{
    private const int Rows = 203;

    private static readonly float[] Weights = [.. Enumerable.Range(0, Rows).Select(row => row % 7 * 0.3f)];

    private static readonly TrainingOptions<float> Options = new()
    {
        BatchSize = 64,
        ShardSize = 7,
        NumberOfEpochs = 3,
        LearningRate = 0.01,
        Schedule = EE569.Engine.Schedules.Schedules.OneCycle(),
        Optimizer = new Adam<float>(),
        L2Regularization = 1e-3,
        GradientClipNorm = 0.5,
        EarlyStopping = new EarlyStopping { Patience = 2 },
    };

    private static readonly Dictionary<string, (Architecture Network, Func<DataSource<float>> Data, TrainingOptions<float> Options)> Trainings = new()
    {
        ["softmax regression"] = (new FeedForward { Inputs = 6, Outputs = 3 }, () => Classes(), Options with { Optimizer = new SGD<float>(), L1Regularization = 1e-3 }),
        ["MLP with dropout"] = (new FeedForward { Inputs = 6, HiddenLayers = [9, 5], Outputs = 3, Dropout = 0.3 }, () => Classes(), Options),
        ["MLP with weights"] = (
            new FeedForward { Inputs = 6, HiddenLayers = [9], Outputs = 3 }, () => Classes(weights: Weights), Options with { ClassWeights = [1, 2, 0.5] }),
        ["MLP in the order of the file"] = (new FeedForward { Inputs = 6, HiddenLayers = [9], Outputs = 3 }, () => Classes(), Options with { Shuffle = false }),
        ["MLP on sparse rows"] = (new FeedForward { Inputs = 6, HiddenLayers = [9], Outputs = 3 }, () => Sparse(), Options),
        ["MLP on a stream"] = (new FeedForward { Inputs = 6, HiddenLayers = [9], Outputs = 3 }, () => Stream(), Options),
        ["one shard a batch"] = (new FeedForward { Inputs = 6, HiddenLayers = [9], Outputs = 3 }, () => Classes(weights: Weights), Options with { ShardSize = 64 }),
        ["TabM"] = (new TabM { Inputs = 6, HiddenLayers = [8, 8], Outputs = 3, NumberOfMembers = 4, Edges = [[-1, 0, 1], [], [0, 1, 2], [], [-1, 1], []] }, () => Classes(), Options),
        ["TabM on a stream"] = (new TabM { Inputs = 6, HiddenLayers = [8], Outputs = 3, NumberOfMembers = 4, IsFull = true }, () => Stream(), Options),
        ["RealMLP"] = (new RealMlp { Inputs = 6, HiddenLayers = [8, 8], Outputs = 3, Dropout = 0.15 }, () => Classes(), Options),
        ["regression"] = (
            new FeedForward { Inputs = 6, HiddenLayers = [9], Outputs = 2, Loss = LossFunction.MeanSquaredError }, () => Values(),
            Options with { EarlyStopping = new EarlyStopping { Patience = 2, Metric = EarlyStoppingMetric.RSquared } }),
    };

    public static IEnumerable<object[]> Names => Trainings.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Any_number_of_ranks_and_threads_gives_the_bits_of_a_training_alone(string name)
    {
        string expected = Bits(Fit(name));
        foreach (int ranks in new[] { 1, 2, 3, 4, 8, 12 })
        {
            foreach (TrainingResult<float> result in OnRanks(ranks, rank => Fit(name, rank, threads: ranks % 3 + 1)))
            {
                Assert.AreEqual(expected, Bits(result), $"{ranks} ranks");
            }
        }

        Assert.AreEqual(expected, Bits(Fit(name, threads: 3)), "threads");
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Cut_into_shards_a_training_is_the_same_up_to_rounding(string name)
    {
        (Architecture network, _, TrainingOptions<float> options) = Trainings[name];
        TrainingResult<float> whole = Train(network, Trainings[name].Data(), options with { ShardSize = int.MaxValue, NumberOfEpochs = 1 });
        TrainingResult<float> cut = Train(network, Trainings[name].Data(), options with { NumberOfEpochs = 1 });
        Golden.AreClose(
            [.. whole.Network.CopyParameters().Select(value => (double)value)], [.. cut.Network.CopyParameters().Select(value => (double)value)], relative: 1e-3, absolute: 1e-4);
        Golden.AreClose([whole.History[0].TrainLoss, whole.History[0].GradientNorm], [cut.History[0].TrainLoss, cut.History[0].GradientNorm], relative: 1e-3);
    }

    [TestMethod]
    public void A_training_goes_on_with_another_number_of_ranks()
    {
        TrainingResult<float> unbroken = Fit("RealMLP");
        TrainingState<float>? state = null;
        int calls = 0;
        OnRanks(3, rank => Train(
            Trainings["RealMLP"].Network, Classes(),
            Options with { Communicator = rank, Checkpoint = at => (state, calls) = (at, calls + 1), EpochCallback = progress => StopAfterFirst(progress, rank) }));
        Assert.AreEqual(1, calls, "only rank 0 saves");
        Assert.AreEqual(1, state!.Epoch, "a request on the last rank stops all");

        foreach (TrainingResult<float> resumed in OnRanks(2, rank => Train(Trainings["RealMLP"].Network, Classes(), Options with { Communicator = rank }, state)))
        {
            Assert.AreEqual(Bits(unbroken), Bits(resumed));
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_cancelled_rank_stops_all_before_the_same_step_for_the_same_reason(bool isTimeOver)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        TrainingResult<float>[] results = OnRanks(3, rank => Train(Trainings["TabM"].Network, Classes(), Options with
        {
            Communicator = rank,
            CancellationToken = rank.Rank == 2 ? source.Token : default,
            TimeLimit = isTimeOver ? TimeSpan.FromTicks(1) : null,
        }));
        Assert.IsTrue(results.All(result => result is { StopReason: StopReason.Cancelled, History.Count: 0 }));
        Assert.AreEqual(1, results.Select(Bits).Distinct().Count());
    }

    [TestMethod]
    [DataRow("BatchSize: 32, not 64")]
    [DataRow("Optimizer: ")]
    [DataRow("training rows: 100, not 203")]
    [DataRow("weights: ")]
    public void Ranks_that_differ_are_named(string difference)
    {
        string[] messages = OnRanks(3, rank => Assert.ThrowsExactly<InvalidOperationException>(() => Train(
            (FeedForward)Trainings["MLP with dropout"].Network with { Seed = IsOther(rank, "weights") ? 5u : 1u },
            IsOther(rank, "training") ? Classes(100) : Classes(),
            Options with
            {
                Communicator = rank,
                BatchSize = IsOther(rank, "BatchSize") ? 32 : 64,
                Optimizer = IsOther(rank, "Optimizer") ? new SGD<float>() : new Adam<float>(),
            })).Message);
        foreach (string message in messages)
        {
            Assert.StartsWith($"Rank 1 differs from rank 0 in {difference}", message);
        }

        bool IsOther(ICommunicator rank, string what) => rank.Rank == 1 && difference.StartsWith(what, StringComparison.Ordinal);
    }

    [TestMethod]
    public void A_rank_that_does_not_come_is_waited_for_no_longer_than_allowed()
    {
        ICommunicator alone = InProcessCommunicator.Create(2, TimeSpan.FromMilliseconds(50))[1];
        Assert.Contains("Rank 1 of 2", Assert.ThrowsExactly<TimeoutException>(alone.Barrier).Message);
    }

    private static void StopAfterFirst(EpochProgress progress, ICommunicator rank)
    {
        if (rank.Rank == rank.Size - 1)
        {
            progress.Stop();
        }
    }

    private static TrainingResult<float> Fit(string name, ICommunicator? rank = null, int threads = 1)
    {
        (Architecture network, Func<DataSource<float>> data, TrainingOptions<float> options) = Trainings[name];
        return Train(network, data(), options with { Communicator = rank, NumberOfThreads = threads });
    }

    private static TrainingResult<float> Train(Architecture network, DataSource<float> data, TrainingOptions<float> options, TrainingState<float>? state = null) =>
        new MiniBatchTrainer<float>(options).Fit(network.Build<float>(), data, network.Loss == LossFunction.MeanSquaredError ? Values(600) : Classes(600), state);

    private static TResult[] OnRanks<TResult>(int size, Func<ICommunicator, TResult> run)
    {
        Task<TResult>[] tasks = [.. InProcessCommunicator.Create(size, TimeSpan.FromMinutes(1)).Select(rank =>
            Task.Factory.StartNew(() => run(rank), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        return Task.WhenAll(tasks).GetAwaiter().GetResult();
    }

    private static string Bits(TrainingResult<float> result) => string.Join('\n', result.History.Select(epoch => epoch with { Seconds = 0, Bytes = 0 }))
        + $"\n{result.StopReason} {result.BestEpoch} {string.Join(' ', result.Network.CopyParameters().Select(BitConverter.SingleToInt32Bits))}";

    private static DenseData<float> Classes(int rows = Rows, float[]? weights = null) => TestData.Clusters(rows, 6, 3, weights: weights);

    private static SparseData<float> Sparse() => new(CsrMatrix<float>.FromDense(Classes().Rows), Classes().Targets);

    private static DenseData<float> Values(int rows = Rows)
    {
        Matrix<float> features = Classes(rows).Rows, values = new(rows, 2);
        for (int row = 0; row < rows; row++)
        {
            (values[row, 0], values[row, 1]) = (features[row, 0] - features[row, 3], features[row, 1] * features[row, 2]);
        }

        return new(features, values);
    }

    private static StreamingData<float> Stream()
    {
        DenseData<float> data = Classes();
        return new(6, () => new RowReader(data), shufflePoolSize: 50, count: Rows);
    }

    private sealed class RowReader(DenseData<float> data) : IRowReader<float>
    {
        private int row;

        public bool Read(StreamedRow<float> next)
        {
            if (row == data.Rows.Rows)
            {
                return false;
            }

            next.SetFeatures(data.Rows.Row(row));
            next.Label = data.Targets.Labels[row++];
            return true;
        }

        public void Dispose()
        {
        }
    }
}
