using System.Numerics;
using EE569.Engine.Activations;
using EE569.Engine.Data;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using EE569.Engine.Random;
using EE569.Engine.Tests.Data;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>Steps on sparse rows that pass over the weights of absent features: the same result as on dense rows, for less work.</summary>
[TestClass]
public class SparseUpdateTests
{
    private const int Rows = 60;
    private const int Features = 300;
    private const int Classes = 3;
    private const int BlockLength = 8;

    private static readonly SparseData<double> Sparse = RareFeatures();
    private static readonly DenseData<double> Dense = new(Sparse.Rows.ToDense(), Sparse.Targets);

    public static IEnumerable<(string Optimizer, double L2, double? Clip)> Exact =>
        from optimizer in new[] { "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "lazyadam" }
        from l2 in optimizer == "lazyadam" ? [0.0] : new[] { 0, 0.01 }
        from clip in new double?[] { null, 0.05 }
        select (optimizer, l2, clip);

    [TestMethod]
    [DynamicData(nameof(Exact))]
    public void Weights_loss_and_gradient_norm_are_those_of_dense_rows(string optimizer, double l2, double? clip)
    {
        TrainingOptions<double> options = Options(Create(optimizer)) with { L2Regularization = l2, GradientClipNorm = clip };
        Compare(options, hiddenLayers: []);
        Compare(options, hiddenLayers: [4]);
    }

    [TestMethod]
    [DataRow(1.0, DisplayName = "each step leaves nothing of a weight that is not touched")]
    [DataRow(0.9, DisplayName = "the factors multiply to less than the smallest double")]
    [DataRow(1.1, DisplayName = "and alternate in sign")]
    [DataRow(3.0, DisplayName = "and grow beyond the largest")]
    public void Penalties_of_any_strength_are_caught_up(double decayPerStep)
    {
        // A rate so small that the examples hardly move the weights: these are the penalty's.
        TrainingOptions<double> options = Options(new SGD<double>()) with
        {
            BatchSize = 1,
            NumberOfEpochs = decayPerStep > 2 ? 4 : 10,
            LearningRate = 1e-3,
            Schedule = EE569.Engine.Schedules.Schedules.Constant,
            L2Regularization = decayPerStep / 2e-3,
            DivergenceThreshold = null,
        };
        Golden.AreClose(Train(Dense, options, [4]).Network.CopyParameters(), Train(Sparse, options, [4]).Network.CopyParameters(), relative: 1e-8);
    }

    [TestMethod]
    public void A_stream_of_sparse_rows_is_trained_in_the_same_way()
    {
        TrainingOptions<double> options = Options(new SGD<double>()) with { L2Regularization = 0.01, Shuffle = false };
        var stream = new StreamingData<double>(Features, () => new ListReader(Dense, Enumerable.Range(0, Rows)), count: Rows, isSparse: true);
        CollectionAssert.AreEqual(Train(Sparse, options, [4]).Network.CopyParameters(), Train(stream, options, [4]).Network.CopyParameters());
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.02)]
    public void Lazy_Adam_moves_a_weight_in_the_steps_whose_batch_holds_its_feature(double l2)
    {
        TrainingOptions<double> options = Options(new LazyAdam<double>(0.8, 0.95, 1e-6)) with
        {
            L2Regularization = l2,
            Shuffle = false,
            Schedule = EE569.Engine.Schedules.Schedules.Constant,
        };
        Network<double> network = TestData.Linear<double>(Features, 1, LossFunction.BinaryCrossEntropy);
        double[] expected = network.CopyParameters();
        var labels = new int[Rows];
        for (int row = 0; row < Rows; row++)
        {
            labels[row] = Sparse.Targets.Labels[row] == 0 ? 0 : 1;
        }

        var data = new SparseData<double>(Sparse.Rows, labels);
        new MiniBatchTrainer<double>(options).Fit(network, data);
        WrittenOut(expected, labels, options, l2);

        Golden.AreClose(expected, network.CopyParameters(), relative: 1e-9);
    }

    [TestMethod]
    public void Lazy_Adam_is_Adam_where_no_gradient_is_0()
    {
        DenseData<double> circles = TestData.Circles<double>();
        double[] Parameters(Optimizer<double> optimizer) => Fitting.Parameters(TestData.CircleNetwork<double>(), circles, Options(optimizer));
        CollectionAssert.AreEqual(Parameters(new Adam<double>()), Parameters(new LazyAdam<double>()));
        CollectionAssert.AreNotEqual(Train(Dense, Options(new Adam<double>()), []).Network.CopyParameters(), Train(Dense, Options(new LazyAdam<double>()), []).Network.CopyParameters());
    }

    [TestMethod]
    [DataRow("sgd")]
    [DataRow("lazy")]
    public void Threads_and_interruptions_do_not_change_a_bit(string optimizer)
    {
        TrainingOptions<double> options = Options(optimizer == "sgd" ? new SGD<double>() : new LazyAdam<double>()) with { L2Regularization = 0.01 };
        using var file = new MemoryStream();
        TrainingResult<double> whole = Train(Sparse, options with { Checkpoint = state => SaveSecond(state, file) }, [64]);
        CollectionAssert.AreEqual(whole.Network.CopyParameters(), Train(Sparse, options with { NumberOfThreads = 2 }, [64]).Network.CopyParameters());

        file.Position = 0;
        CollectionAssert.AreEqual(whole.Network.CopyParameters(), Train(Sparse, options, [64], TrainingState<double>.Load(file)).Network.CopyParameters());
    }

    [TestMethod]
    public void A_network_trained_on_dense_rows_goes_on_with_sparse_ones()
    {
        TrainingOptions<double> options = Options(new SGD<double>()) with { L2Regularization = 0.01 };
        Network<double> mixed = Network([4]), dense = Network([4]);
        var trainer = new MiniBatchTrainer<double>(options);
        trainer.Fit(mixed, Dense);
        trainer.Fit(mixed, Sparse);
        trainer.Fit(mixed, Dense);
        trainer.Fit(dense, Dense);
        trainer.Fit(dense, Dense);
        trainer.Fit(dense, Dense);
        Golden.AreClose(dense.CopyParameters(), mixed.CopyParameters(), relative: 1e-9);
    }

    [TestMethod]
    public void A_cancelled_training_has_caught_up()
    {
        Golden.AreClose(ParametersAfterCancelling(Dense), ParametersAfterCancelling(Sparse), relative: 1e-9);

        static double[] ParametersAfterCancelling(DataSource<double> data)
        {
            using var source = new CancellationTokenSource();
            int steps = 0;
            TrainingResult<double> result = Train(data, Options(new SGD<double>()) with
            {
                L2Regularization = 0.05,
                CancellationToken = source.Token,
                Schedule = (_, _) =>
                {
                    if (++steps == 13)
                    {
                        source.Cancel();
                    }

                    return 1;
                },
            }, []);
            Assert.AreEqual(StopReason.Cancelled, result.StopReason);
            return result.Network.CopyParameters();
        }
    }

    [TestMethod]
    public void A_step_updates_the_weights_that_its_batch_holds_and_no_others()
    {
        var counting = new CountingSGD();
        Train(Sparse, Options(counting) with { NumberOfEpochs = 1, BatchSize = 1 }, []);
        // Whole blocks of columns are updated, for each class, and the biases.
        long expected = 0;
        for (int row = 0; row < Rows; row++)
        {
            int vectors = Sparse.Rows.Indices(row).ToArray().Select(column => column / BlockLength).Distinct().Sum(VectorsOfBlock);
            expected += (Classes * vectors) + 1;
        }

        Assert.AreEqual(expected, counting.Calls);
    }

    private static int VectorsOfBlock(int block)
    {
        int columns = Math.Min(BlockLength, Features - (block * BlockLength));
        return (columns + Vector<double>.Count - 1) / Vector<double>.Count;
    }

    private static void SaveSecond(TrainingState<double> state, Stream file)
    {
        if (state.Epoch == 2)
        {
            state.Save(file);
        }
    }

    private static void Compare(TrainingOptions<double> options, int[] hiddenLayers)
    {
        TrainingResult<double> dense = Train(Dense, options, hiddenLayers), sparse = Train(Sparse, options, hiddenLayers);
        Golden.AreClose(dense.Network.CopyParameters(), sparse.Network.CopyParameters(), relative: 1e-9);
        foreach ((EpochRecord expected, EpochRecord actual) in dense.History.Zip(sparse.History))
        {
            Assert.AreEqual(expected.TrainLoss, actual.TrainLoss, 1e-9);
            Assert.AreEqual(expected.ValidationLoss!.Value, actual.ValidationLoss!.Value, 1e-9);
            Assert.AreEqual(expected.GradientNorm, actual.GradientNorm, 1e-9);
        }
    }

    /// <summary>Logistic regression with lazy Adam in scalar loops, each weight with a step of its own.</summary>
    private static void WrittenOut(double[] p, int[] labels, TrainingOptions<double> options, double l2)
    {
        var (m, v) = (new double[Features + 1], new double[Features + 1]);
        int step = 0;
        for (int epoch = 0; epoch < options.NumberOfEpochs; epoch++)
        {
            for (int first = 0; first < Rows; first += options.BatchSize)
            {
                step++;
                int rows = Math.Min(options.BatchSize, Rows - first);
                var gradient = new Dictionary<int, double> { [Features] = 0 };
                for (int row = first; row < first + rows; row++)
                {
                    ReadOnlySpan<int> columns = Sparse.Rows.Indices(row);
                    ReadOnlySpan<double> values = Sparse.Rows.Values(row);
                    double z = p[Features];
                    for (int i = 0; i < columns.Length; i++)
                    {
                        z += p[columns[i]] * values[i];
                    }

                    double error = (1 / (1 + Math.Exp(-z)) - labels[row]) / rows;
                    gradient[Features] += error;
                    for (int i = 0; i < columns.Length; i++)
                    {
                        gradient[columns[i]] = gradient.GetValueOrDefault(columns[i], 2 * l2 * p[columns[i]]) + error * values[i];
                    }
                }

                foreach ((int column, double g) in gradient)
                {
                    m[column] = 0.8 * m[column] + 0.2 * g;
                    v[column] = 0.95 * v[column] + 0.05 * g * g;
                    p[column] -= options.LearningRate * m[column] / (1 - Math.Pow(0.8, step)) / (Math.Sqrt(v[column] / (1 - Math.Pow(0.95, step))) + 1e-6);
                }
            }
        }
    }

    private static TrainingOptions<double> Options(Optimizer<double> optimizer) => new()
    {
        BatchSize = 7,
        NumberOfEpochs = 4,
        LearningRate = 0.05,
        Schedule = EE569.Engine.Schedules.Schedules.Cosine(0.1),
        Optimizer = optimizer,
    };

    private static TrainingResult<double> Train(DataSource<double> data, TrainingOptions<double> options, int[] hiddenLayers, TrainingState<double>? state = null) =>
        new MiniBatchTrainer<double>(options).Fit(Network(hiddenLayers), data, Dense, state);

    private static Network<double> Network(int[] hiddenLayers) => new FeedForward
    {
        Inputs = Features,
        HiddenLayers = hiddenLayers,
        Outputs = Classes,
        Activation = Activation.Tanh,
        Initializer = EE569.Engine.Initializers.Initializers.Normal(0.3),
    }.Build<double>();

    /// <summary>One to 12 of 300 features in a row, frequent ones more often; the last 50 never occur.</summary>
    private static SparseData<double> RareFeatures()
    {
        var random = new SplitMix64(11);
        var rows = CsrMatrix<double>.CreateBuffer(Features);
        var labels = new int[Rows];
        for (int row = 0; row < Rows; row++)
        {
            labels[row] = random.NextInt32(Classes);
            var features = new SortedDictionary<int, double>();
            int count = 1 + random.NextInt32(12);
            for (int i = 0; i < count; i++)
            {
                double u = random.NextDouble();
                features[(int)((Features - 50) * u * u)] = random.NextGaussian() + labels[row];
            }

            rows.Append([.. features.Keys], [.. features.Values]);
        }

        return new SparseData<double>(rows, labels);
    }

    private static Optimizer<double> Create(string name) => name switch
    {
        "momentum" => new Momentum<double>(0.9),
        "nesterov" => new Nesterov<double>(0.9),
        "adagrad" => new AdaGrad<double>(),
        "rmsprop" => new RMSProp<double>(),
        "adam" => new Adam<double>(),
        "adamw" => new AdamW<double>(),
        "lazyadam" => new LazyAdam<double>(),
        _ => new SGD<double>(),
    };

    /// <summary>Gradient descent that counts the vectors it updates.</summary>
    private sealed class CountingSGD : Optimizer<double>
    {
        private readonly long[] calls = new long[1];

        public long Calls => calls[0];

        public override int Slots => 0;

        public override bool SkipsZeroGradients => true;

        public override void Update(in ParameterUpdate<double> update) => update.Apply(new Rule(update.LearningRate, calls));

        private readonly struct Rule(double rate, long[] calls) : IUpdateRule<double>
        {
            public void Update(Vector<double> gradient, ref Vector<double> value, ref Vector<double> slot0, ref Vector<double> slot1)
            {
                calls[0]++;
                value -= rate * gradient;
            }
        }
    }
}
