using EE569.Engine.Data;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Random;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Data;

/// <summary>The members of an ensemble visit every row once an epoch, each in an order of its own, from every kind of data.</summary>
[TestClass]
public class MemberOrderTests
{
    private const int Rows = 53;
    private const int K = 3;
    private const int BatchSize = 5;

    // The weight of a row is its number, its only feature the number too, its id a third of it.
    private static readonly DenseData<double> Data = Numbered();
    private static readonly TabM Description = new() { Inputs = 1, Outputs = 2, NumberOfMembers = K, HiddenLayers = [4], IdCounts = [Rows] };

    public static IEnumerable<object[]> Sources =>
    [
        [Data],
        [new SparseData<double>(CsrMatrix<double>.FromDense(Data.Rows), Data.Targets) { Ids = Data.Ids }],
        [new StreamingData<double>(1, () => new ListReader(Data, Enumerable.Range(0, Rows)), shufflePoolSize: 20, count: Rows, idColumns: 1)],
        [new StreamingData<double>(1, () => new ListReader(Data, Enumerable.Range(0, Rows)), shufflePoolSize: 20, count: Rows, isSparse: true, idColumns: 1)],
    ];

    [TestMethod]
    [DynamicData(nameof(Sources))]
    public void Each_member_meets_each_row_once_an_epoch_in_an_order_of_its_own(DataSource<double> source)
    {
        Network<double> network = Description.Build<double>();
        using BatchReader<double> reader = source.CreateReader(BatchSize, network, source.HasSparseBatches(network), K);
        int[][] first = Epoch(reader, network, 1), again = Epoch(reader, network, 1), next = Epoch(reader, network, 2);
        for (int member = 0; member < K; member++)
        {
            CollectionAssert.AreEqual(Enumerable.Range(0, Rows).ToArray(), first[member].Order().ToArray());
            CollectionAssert.AreEqual(first[member], again[member]);
            CollectionAssert.AreNotEqual(first[member], next[member]);
            CollectionAssert.AreNotEqual(first[member], first[(member + 1) % K]);
        }
    }

    [TestMethod]
    public void All_kinds_of_data_in_memory_train_alike_and_a_shared_order_is_another_training()
    {
        double[] expected = Train((DataSource<double>)Sources.First()[0], true);
        Golden.AreClose(expected, Train((DataSource<double>)Sources.ElementAt(1)[0], true), relative: 1e-9);
        CollectionAssert.AreNotEqual(expected, Train((DataSource<double>)Sources.First()[0], false));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(2)]
    public void A_resumed_training_has_the_bits_of_an_unbroken_one(int source)
    {
        var data = (DataSource<double>)Sources.ElementAt(source)[0];
        TrainingOptions<double> options = new() { BatchSize = BatchSize, NumberOfEpochs = 4 };
        using var file = new MemoryStream();
        Network<double> whole = Description.Build<double>();
        new MiniBatchTrainer<double>(options with { Checkpoint = state => { if (state.Epoch == 2) { state.Save(file); } } }).Fit(whole, data);
        file.Position = 0;
        Network<double> resumed = Description.Build<double>();
        new MiniBatchTrainer<double>(options).Fit(resumed, data, resumeFrom: TrainingState<double>.Load(file));
        CollectionAssert.AreEqual(whole.CopyParameters(), resumed.CopyParameters());
    }

    private static double[] Train(DataSource<double> source, bool apart)
    {
        Network<double> network = Description.Build<double>();
        new MiniBatchTrainer<double>(new() { BatchSize = BatchSize, NumberOfEpochs = 2, LearningRate = 0.001, ShufflePerMember = apart }).Fit(network, source);
        return network.CopyParameters();
    }

    /// <summary>The rows that each member meets, in order.</summary>
    private static int[][] Epoch(BatchReader<double> reader, Network<double> network, ulong seed)
    {
        List<int>[] seen = [.. Enumerable.Range(0, K).Select(_ => new List<int>())];
        int left = Rows;
        for (reader.Start(SplitMix64.Derive(seed)); reader.MoveNext();)
        {
            reader.Current.Present(network);
            int rows = Math.Min(BatchSize, left);
            left -= rows;
            Assert.AreEqual(K * rows, network.Input.Rows);
            for (int row = 0; row < K * rows; row++)
            {
                int number = (int)network.Input.Value[row, 0];
                Assert.AreEqual(number + 1, network.Loss.Targets!.Weights[row]);
                Assert.AreEqual(number % 2, network.Loss.Targets.Labels[row]);
                Assert.AreEqual(number, network.Ids!.Ids[row, 0]);
                seen[row / rows].Add(number);
            }
        }

        return [.. seen.Select(rows => rows.ToArray())];
    }

    private static DenseData<double> Numbered()
    {
        double[] numbers = [.. Enumerable.Range(0, Rows).Select(i => (double)i)];
        var targets = new Targets<double>([.. numbers.Select(i => (int)i % 2)], [.. numbers.Select(i => i + 1)]);
        return new(new Matrix<double>(Rows, 1, numbers), targets) { Ids = new Matrix<int>(Rows, 1, [.. numbers.Select(i => (int)i)]) };
    }
}
