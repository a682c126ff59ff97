using EE569.Engine.Activations;
using EE569.Engine.Data;
using EE569.Engine.Graphs;
using EE569.Engine.Layers;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using EE569.Engine.Random;
using EE569.Engine.Tests.Data;
using EE569.Engine.Training;

namespace EE569.Engine.Tests;

/// <summary>Ids beside the features, from the data to the prediction; the embedding's step costs what the batch holds.</summary>
[TestClass]
public class EmbeddingTests
{
    private const int Rows = 60;
    private static readonly int[] Counts = [40, 3];

    public static IEnumerable<object?[]> Exact =>
        from optimizer in new Optimizer<double>[] { new SGD<double>(), new AdaGrad<double>(), new LazyAdam<double>(), new Adam<double>(), new Momentum<double>() }
        from l2 in optimizer is LazyAdam<double> ? [0.0] : new[] { 0, 0.01 }
        select new object?[] { optimizer, l2 };

    [TestMethod]
    public void The_gradients_of_an_embedding_and_of_columns_side_by_side_are_right()
    {
        (Network<double> network, DenseData<double> data) = (Create<double>(), CreateData<double>());
        network.Input.Set(data.Rows);
        network.Ids!.Set(data.Ids!);
        network.Loss.Targets = data.Targets;
        foreach (GradientError error in network.Graph.GradientCheck())
        {
            Assert.IsLessThan(1e-8, error.NormError, error.Parameter);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Exact))]
    public void A_training_equals_that_of_a_layer_on_one_hot_rows(Optimizer<double> optimizer, double l2)
    {
        TrainingOptions<double> options = new()
        {
            BatchSize = 4,
            NumberOfEpochs = 5,
            LearningRate = 0.05,
            Optimizer = optimizer,
            L2Regularization = l2,
            GradientClipNorm = 0.5,
            Schedule = Engine.Schedules.Schedules.Cosine(),
        };
        DenseData<double> data = CreateData<double>();
        Network<double> embedded = Create<double>();
        History history = new MiniBatchTrainer<double>(options).Fit(embedded, data).History;

        // E[id] is the one-hot row of the id times E.
        var oneHot = new Matrix<double>(Rows, Counts.Sum());
        for (int row = 0; row < Rows; row++)
        {
            oneHot[row, data.Ids![row, 0]] = oneHot[row, Counts[0] + data.Ids[row, 1]] = 1;
        }

        Network<double> reference = CreateReference(oneHot, data.Rows);
        var referenceData = new DenseData<double>(Join(oneHot, data.Rows), data.Targets);
        History expected = new MiniBatchTrainer<double>(options).Fit(reference, referenceData).History;
        Golden.AreClose([.. expected.Select(epoch => epoch.TrainLoss)], [.. history.Select(epoch => epoch.TrainLoss)], relative: 1e-9);
        Golden.AreClose([.. expected.Select(epoch => epoch.GradientNorm)], [.. history.Select(epoch => epoch.GradientNorm)], relative: 1e-9);
        Golden.AreClose(reference.Predict(referenceData.Rows).Values, embedded.Predict(data.Rows, data.Ids).Values, relative: 1e-9);
    }

    [TestMethod]
    public void All_ways_to_train_and_predict_agree_on_any_number_of_threads()
    {
        DenseData<double> data = CreateData<double>();
        var sparse = new SparseData<double>(CsrMatrix<double>.FromDense(data.Rows), data.Targets) { Ids = data.Ids };
        var stream = new StreamingData<double>(5, () => new ListReader(data, Enumerable.Range(0, Rows)), count: Rows, idColumns: 2);
        var sparseStream = new StreamingData<double>(5, () => new ListReader(data, Enumerable.Range(0, Rows)), count: Rows, isSparse: true, idColumns: 2);
        TrainingOptions<double> options = new() { BatchSize = 7, NumberOfEpochs = 3, L2Regularization = 0.01, LearningRate = 0.1, Shuffle = false };
        double[] expected = Train(data, options);
        CollectionAssert.AreEqual(expected, Train(data, options with { NumberOfThreads = 2 }));
        CollectionAssert.AreEqual(expected, Train(stream, options));
        CollectionAssert.AreEqual(expected, Train(data.Subset([.. Enumerable.Range(0, Rows)]), options));
        double[] ofSparse = Train(sparse, options);
        Golden.AreClose(expected, ofSparse, relative: 1e-9);
        CollectionAssert.AreEqual(ofSparse, Train(sparseStream, options));

        Network<double> network = CreateAdded<double>();
        double[] predictions = network.Predict(data.Rows, data.Ids).Values.ToArray();
        Golden.AreClose(predictions, network.Predict(sparse.Rows, sparse.Ids).Values, relative: 1e-12);
        var row = new double[2];
        for (int i = 0; i < Rows; i++)
        {
            network.CreatePredictor().PredictRow(data.Rows.Row(i), row, data.Ids!.Row(i));
            Golden.AreClose(predictions.AsSpan(2 * i, 2), row, relative: 1e-12);
        }

        double[] Train(DataSource<double> source, TrainingOptions<double> options)
        {
            Network<double> network = CreateAdded<double>();
            new MiniBatchTrainer<double>(options).Fit(network, source);
            return network.CopyParameters();
        }
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.01)]
    public void A_step_touches_the_vectors_of_the_batch_only(double l2)
    {
        DenseData<double> data = CreateData<double>().Subset([3, 9, 14]);
        Network<double> network = Create<double>();
        Parameter<double> table = network.Parameters.Single(parameter => parameter.Name == "E");
        double[] before = table.Value.Values.ToArray();
        var steps = new StepRunner<double>(network, new() { L2Regularization = l2 }, isSparse: false);
        using BatchReader<double> reader = data.CreateReader(3, network, isSparse: false);
        steps.Start();
        for (int step = 0; step < 2; step++)
        {
            reader.Start(new SplitMix64(1));
            reader.MoveNext();
            steps.Forward(reader.Current);
            steps.Update(StepRates.Constant(0.1));
        }

        var named = new HashSet<int>();
        for (int row = 0; row < 3; row++)
        {
            named.UnionWith([data.Ids![row, 0], Counts[0] + data.Ids[row, 1]]);
        }

        for (int id = 0; id < table.Rows; id++)
        {
            bool isUnchanged = table.Value.Row(id).SequenceEqual(before.AsSpan(2 * id, 2));
            Assert.AreEqual(!named.Contains(id), isUnchanged, $"id {id}");
        }

        steps.Finish();
        double kept = Math.Pow(1 - 2 * 0.1 * l2, 2);
        int absent = Enumerable.Range(0, table.Rows).First(id => !named.Contains(id));
        Assert.AreEqual(before[2 * absent] * kept, table.Value[absent, 0], 1e-12);
    }

    [TestMethod]
    public void Ids_that_do_not_suit_are_named()
    {
        (Network<double> network, DenseData<double> data) = (Create<double>(), CreateData<double>());
        var trainer = new MiniBatchTrainer<double>(new());
        var damaged = new DenseData<double>(data.Rows, data.Targets) { Ids = data.Ids!.Clone() };
        damaged.Ids[7, 1] = 3;
        Assert.Contains("Row 7: id 3 in id column 1 is outside 0 to 2", Assert.ThrowsExactly<ArgumentException>(() => trainer.Fit(network, damaged)).Message);
        var stream = new StreamingData<double>(5, () => new ListReader(damaged, Enumerable.Range(0, Rows)), idColumns: 2);
        Assert.Contains("Row 7: id 3", Assert.ThrowsExactly<ArgumentException>(() => trainer.Fit(network, stream)).Message);
        Assert.Contains("Row 7: id 3", Assert.ThrowsExactly<ArgumentException>(() => network.Predict(damaged.Rows, damaged.Ids)).Message);
        Assert.Contains("0 columns of ids, the network expects 2", Assert.ThrowsExactly<ArgumentException>(() => trainer.Fit(network, new DenseData<double>(data.Rows, data.Targets))).Message);
        Assert.Contains("expects 2 ids", Assert.ThrowsExactly<ArgumentException>(() => network.Predict(data.Rows)).Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => network.CreatePredictor().PredictRow(data.Rows.Row(0), new double[2], [1]));
        Assert.ThrowsExactly<ArgumentException>(() => new DenseData<double>(data.Rows, data.Targets) { Ids = new Matrix<int>(59, 2) });
        var ids = new IdInput<double>(4);
        Assert.Contains("only Embedding", Assert.ThrowsExactly<ArgumentException>(() => new Graph<double>(new Tanh<double>(ids))).Message);
        Assert.ThrowsExactly<ArgumentException>(() => new Embedding<double>(ids, new Parameter<double>("E", 5, 2)));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new IdInput<double>(4, 0));
    }

    private static DenseData<T> CreateData<T>() where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var random = new SplitMix64(8);
        var ids = new Matrix<int>(Rows, 2);
        for (int row = 0; row < Rows; row++)
        {
            (ids[row, 0], ids[row, 1]) = (random.NextInt32(Counts[0]), random.NextInt32(Counts[1]));
        }

        DenseData<T> data = TestData.Clusters<T>(Rows, 5, 2);
        return new DenseData<T>(data.Rows, data.Targets) { Ids = ids };
    }

    /// <summary>A layer on the features and the vectors of the ids side by side.</summary>
    private static Network<T> Create<T>() where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var random = new SplitMix64(5);
        (var input, var ids) = (new Input<T>(5), new IdInput<T>(Counts));
        var table = new Parameter<T>("E", TestData.Normal<T>(ref random, Counts.Sum(), 2));
        var joined = new Concatenate<T>(new Embedding<T>(ids, table), input);
        var output = new Linear<T>(new Tanh<T>(joined), new("W", TestData.Normal<T>(ref random, 2, 9)), new("b", 1, 2, ParameterGroup.Biases));
        return new(input, output, new SoftmaxCrossEntropy<T>(output), ids);
    }

    /// <summary>The same from dense rows of both, one-hot columns first.</summary>
    private static Network<double> CreateReference(Matrix<double> oneHot, Matrix<double> features)
    {
        var random = new SplitMix64(5);
        Matrix<double> table = TestData.Normal<double>(ref random, Counts.Sum(), 2);
        var input = new Input<double>(oneHot.Columns + features.Columns);
        var output = new Linear<double>(
            new Tanh<double>(new OneHotEmbedding(input, new("E", table))), new("W", TestData.Normal<double>(ref random, 2, 9)), new("b", 1, 2, ParameterGroup.Biases));
        return new(input, output, new SoftmaxCrossEntropy<double>(output));
    }

    /// <summary>A layer on the features, which may be sparse, plus one on the vectors of the ids.</summary>
    private static Network<T> CreateAdded<T>() where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var random = new SplitMix64(6);
        (var input, var ids) = (new Input<T>(5), new IdInput<T>(Counts));
        var embedding = new Embedding<T>(ids, new("E", TestData.Normal<T>(ref random, Counts.Sum(), 2)));
        var ofFeatures = new Linear<T>(input, new("W", TestData.Normal<T>(ref random, 2, 5)), new("b", 1, 2, ParameterGroup.Biases));
        var output = new Add<T>(ofFeatures, new Multiply<T>(embedding, new("V", TestData.Normal<T>(ref random, 2, 4))));
        return new(input, output, new SoftmaxCrossEntropy<T>(output), ids);
    }

    private static Matrix<double> Join(Matrix<double> left, Matrix<double> right)
    {
        var joined = new Matrix<double>(left.Rows, left.Columns + right.Columns);
        for (int row = 0; row < left.Rows; row++)
        {
            left.Row(row).CopyTo(joined.Row(row));
            right.Row(row).CopyTo(joined.Row(row)[left.Columns..]);
        }

        return joined;
    }

    /// <summary>y = (sum of the first column's one-hot values times E's rows, the same for the second column, the features).</summary>
    private sealed class OneHotEmbedding(Input<double> x, Parameter<double> table) : Node<double>(9, x, table)
    {
        public override void Forward()
        {
            for (int row = 0; row < Rows; row++)
            {
                Span<double> y = Value.Row(row);
                y.Clear();
                Inputs[0].Value.Row(row)[Counts.Sum()..].CopyTo(y[4..]);
                for (int id = 0; id < Counts.Sum(); id++)
                {
                    for (int i = 0; i < 2; i++)
                    {
                        y[Place(id, i)] += Inputs[0].Value[row, id] * Inputs[1].Value[id, i];
                    }
                }
            }
        }

        public override void Backward()
        {
            for (int row = 0; row < Rows; row++)
            {
                for (int id = 0; id < Counts.Sum(); id++)
                {
                    for (int i = 0; i < 2; i++)
                    {
                        Inputs[1].Gradient[id, i] += Inputs[0].Value[row, id] * Gradient[row, Place(id, i)];
                    }
                }
            }
        }

        private static int Place(int id, int i) => (id < Counts[0] ? 0 : 2) + i;
    }
}
