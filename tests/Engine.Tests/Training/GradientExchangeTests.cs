using EE569.Engine.Activations;
using EE569.Engine.Data;
using EE569.Engine.Graphs;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>Trainings joined by their gradients are one training on the rows of all.</summary>
[TestClass]
public class GradientExchangeTests
{
    private const int BatchSize = 6;

    public static IEnumerable<object[]> Optimizers => [[new SGD<double>()], [new Adam<double>()]];

    [TestMethod]
    [DynamicData(nameof(Optimizers))]
    public void Two_trainings_in_lockstep_equal_one_on_the_rows_of_both(Optimizer<double> optimizer)
    {
        double[] weights = [.. Enumerable.Range(0, 48).Select(i => i % 5 / 2.0)];
        // One training's second batch has no weight at all: it must take part in the step nevertheless.
        weights.AsSpan(12, 6).Clear();
        DenseData<double> all = TestData.Clusters<double>(48, 5, 3, weights: weights);
        TrainingOptions<double> options = new()
        {
            BatchSize = 2 * BatchSize,
            NumberOfEpochs = 4,
            LearningRate = 0.1,
            Shuffle = false,
            Optimizer = optimizer,
            L2Regularization = 0.01,
            L1Regularization = 0.001,
            GradientClipNorm = 0.4,
        };
        Network<double> single = Create();
        History expected = new MiniBatchTrainer<double>(options).Fit(single, all, all).History;

        // Each batch of 12 rows is cut into 6 and 6.
        using var exchange = new Mean(2);
        Network<double>[] networks = [Create(), Create()];
        var histories = new History[2];
        Run(i => histories[i] = new MiniBatchTrainer<double>(options with { BatchSize = BatchSize, GradientExchange = exchange.Of(i) })
            .Fit(networks[i], Part(all, i), Part(all, i)).History);

        CollectionAssert.AreEqual(networks[0].CopyParameters(), networks[1].CopyParameters());
        Golden.AreClose(single.CopyParameters(), networks[0].CopyParameters(), relative: 1e-9);
        foreach (History history in histories)
        {
            Golden.AreClose([.. expected.Select(epoch => epoch.TrainLoss)], [.. history.Select(epoch => epoch.TrainLoss)], relative: 1e-9);
            Golden.AreClose([.. expected.Select(epoch => epoch.ValidationLoss!.Value)], [.. history.Select(epoch => epoch.ValidationLoss!.Value)], relative: 1e-9);
            Golden.AreClose([.. expected.Select(epoch => epoch.GradientNorm)], [.. history.Select(epoch => epoch.GradientNorm)], relative: 1e-9);
        }
    }

    [TestMethod]
    public void Sparse_rows_of_one_move_the_weights_of_the_other()
    {
        DenseData<double> all = TestData.Clusters<double>(48, 30, 3);
        TrainingOptions<double> options = new() { BatchSize = 2 * BatchSize, NumberOfEpochs = 3, LearningRate = 0.1, Shuffle = false, L2Regularization = 0.01 };
        Network<double> single = Create(30);
        new MiniBatchTrainer<double>(options).Fit(single, all);
        using var exchange = new Mean(2);
        Network<double>[] networks = [Create(30), Create(30)];
        Run(i => new MiniBatchTrainer<double>(options with { BatchSize = BatchSize, GradientExchange = exchange.Of(i) })
            .Fit(networks[i], new SparseData<double>(CsrMatrix<double>.FromDense(Part(all, i).Rows), Part(all, i).Targets)));
        CollectionAssert.AreEqual(networks[0].CopyParameters(), networks[1].CopyParameters());
        Golden.AreClose(single.CopyParameters(), networks[0].CopyParameters(), relative: 1e-9);
    }

    private static Network<double> Create(int inputs = 5) =>
        new FeedForward { Inputs = inputs, HiddenLayers = [7], Outputs = 3, Activation = Activation.Tanh }.Build<double>();

    private static DenseData<double> Part(DenseData<double> all, int part) =>
        all.Subset([.. Enumerable.Range(0, 48).Where(row => row / BatchSize % 2 == part)]);

    private static void Run(Action<int> training)
    {
        Task[] tasks = [.. Enumerable.Range(0, 2).Select(i => Task.Factory.StartNew(() => training(i), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Assert.IsTrue(Task.WaitAll(tasks, TimeSpan.FromMinutes(2)));
    }

    /// <summary>The weighted mean over trainings on threads of this process, added in the order of their numbers.</summary>
    private sealed class Mean(int count) : IDisposable
    {
        private readonly Barrier barrier = new(count);
        private readonly double[][] given = new double[count][];

        public IGradientExchange<double> Of(int number) => new Member(this, number);

        public void Dispose() => barrier.Dispose();

        private double[] Sum(int number, double[] mine)
        {
            given[number] = mine;
            barrier.SignalAndWait();
            double[] sum = [.. Enumerable.Range(0, mine.Length).Select(i => given.Sum(values => values[i]))];
            barrier.SignalAndWait();
            return sum;
        }

        private sealed class Member(Mean mean, int number) : IGradientExchange<double>
        {
            public void ExchangeGradients(IReadOnlyList<Parameter<double>> parameters, ref double loss, ref double weight)
            {
                double factor = weight;
                double[] mine = [.. parameters.SelectMany(parameter => parameter.Gradient.Values.ToArray()).Append(loss).Select(value => factor * value), weight];
                double[] sum = mean.Sum(number, mine);
                (loss, weight) = (sum[^2] / sum[^1], sum[^1]);
                int next = 0;
                foreach (Parameter<double> parameter in parameters)
                {
                    foreach (ref double value in parameter.Gradient.Values)
                    {
                        value = sum[next++] / weight;
                    }
                }
            }

            public void ExchangeSums(Span<double> sums) => mean.Sum(number, sums.ToArray()).CopyTo(sums);
        }
    }
}
