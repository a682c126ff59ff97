using EE569.Engine.Activations;
using EE569.Engine.Data;
using EE569.Engine.Graphs;
using EE569.Engine.Layers;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using EE569.Engine.Random;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>Sparse rows are read as such, or made dense batch by batch, whichever is the faster; the bits are those of the same rows given dense.</summary>
[TestClass]
public sealed class SparseOrDenseTests
{
    private const int Rows = 60;
    private const int Features = 120;

    private static readonly TrainingOptions<float> options = new() { BatchSize = 16, NumberOfEpochs = 2, LearningRate = 0.01, Optimizer = new Adam<float>() };

    [TestMethod]
    public void Rows_a_fifth_full_are_made_dense_for_a_wide_layer()
    {
        SparseData<float> sparse = Data(nonZeros: 24);

        AssertSameBits(() => Network(hidden: 64), sparse);
    }

    [TestMethod]
    public void Nearly_empty_rows_stay_sparse()
    {
        Network<float> network = Network(hidden: 64);
        new MiniBatchTrainer<float>(options).Fit(network, Data(nonZeros: 2));

        Assert.IsTrue(network.ReadsSparseRows(2.0 / Features));
        Assert.IsFalse(network.ReadsSparseRows(24.0 / Features));
        Assert.IsTrue(network.ReadsSparseRows(double.NaN), "of a stream that does not tell");
    }

    [TestMethod]
    public void A_first_node_that_reads_no_sparse_rows_gets_dense_ones() => AssertSameBits(
        () =>
        {
            var input = new Input<float>(Features);
            var layer = new Linear<float>(new Dropout<float>(input, 0.2, seed: 3), new Parameter<float>("W", 2, Features), new Parameter<float>("b", 1, 2));
            return new Network<float>(input, layer, new SoftmaxCrossEntropy<float>(layer));
        },
        Data(nonZeros: 2));

    [TestMethod]
    public void A_stream_that_tells_its_density_is_made_dense_too()
    {
        SparseData<float> sparse = Data(nonZeros: 24);
        var stream = new StreamingData<float>(Features, () => new CsrReader(sparse), shufflePoolSize: 1, Rows, isSparse: true, density: 24.0 / Features);
        var inOrder = options with { Shuffle = false };

        CollectionAssert.AreEqual(Fitted(Network(64), new DenseData<float>(sparse.Rows.ToDense(), sparse.Targets), inOrder), Fitted(Network(64), stream, inOrder));
    }

    private static void AssertSameBits(Func<Network<float>> create, SparseData<float> sparse) => CollectionAssert.AreEqual(
        Fitted(create(), new DenseData<float>(sparse.Rows.ToDense(), sparse.Targets), options), Fitted(create(), sparse, options));

    private static float[] Fitted(Network<float> network, DataSource<float> data, TrainingOptions<float> options)
    {
        new MiniBatchTrainer<float>(options).Fit(network, data);
        return network.CopyParameters();
    }

    private static Network<float> Network(int hidden) => new FeedForward { Inputs = Features, HiddenLayers = [hidden], Outputs = 2, Activation = Activation.Tanh }.Build<float>();

    private static SparseData<float> Data(int nonZeros)
    {
        var random = new SplitMix64(1);
        var rows = new CsrMatrixBuilder<float>(Features);
        for (int row = 0; row < Rows; row++)
        {
            int step = Features / nonZeros, start = random.NextInt32(step);
            rows.Append([.. Enumerable.Range(0, nonZeros).Select(i => start + i * step)], [.. Enumerable.Range(0, nonZeros).Select(i => (float)(row + i) / Rows)]);
        }

        return new SparseData<float>(rows.Build(), [.. Enumerable.Range(0, Rows).Select(row => row % 2)]);
    }

    private sealed class CsrReader(SparseData<float> data) : IRowReader<float>
    {
        private int _row;

        public bool Read(StreamedRow<float> row)
        {
            if (_row == data.Rows.Rows)
            {
                return false;
            }

            row.SetFeatures(data.Rows.Indices(_row), data.Rows.Values(_row));
            row.Label = data.Targets.Labels[_row++];
            return true;
        }

        public void Dispose()
        {
        }
    }
}
