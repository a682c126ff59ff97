using EE569.Engine.Data;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>The figures by which an epoch is chosen, held to their definitions on the predictions of the network.</summary>
[TestClass]
public class ValidationScoreTests
{
    private const int Rows = 90;

    private static readonly double[] Weights = [.. Enumerable.Range(0, Rows).Select(i => 0.5 + (i % 3))];

    public static IEnumerable<object[]> Classes =>
        from metric in new[] { EarlyStoppingMetric.LogLoss, EarlyStoppingMetric.Accuracy, EarlyStoppingMetric.AreaUnderRocCurve, EarlyStoppingMetric.F1Score }
        from classes in new[] { 2, 3 }
        from members in new[] { 1, 3 }
        select new object[] { metric, classes, members };

    [TestMethod]
    [DynamicData(nameof(Classes))]
    public void Figures_of_classes_are_those_of_the_mean_prediction(EarlyStoppingMetric metric, int classes, int members)
    {
        int[] labels = [.. Enumerable.Range(0, Rows).Select(i => (i * 7 % 11 + (i % 5 == 0 ? 1 : 0)) % classes)];
        double[] classWeights = [1, 3, 2];
        double score = ScoreOf(metric, new(Features, labels, Weights), classes, members, classWeights[..classes], out Matrix<double> predictions);
        double[][] p = [.. Enumerable.Range(0, Rows).Select(i => classes == 2 ? new[] { 1 - predictions[i, 0], predictions[i, 0] } : predictions.Row(i).ToArray())];
        int[] found = [.. p.Select(row => Array.IndexOf(row, row.Max()))];
        double expected = metric switch
        {
            EarlyStoppingMetric.LogLoss => Enumerable.Range(0, Rows).Sum(i => -Weights[i] * classWeights[labels[i]] * Math.Log(p[i][labels[i]])) / Enumerable.Range(0, Rows).Sum(i => Weights[i] * classWeights[labels[i]]),
            EarlyStoppingMetric.Accuracy => Enumerable.Range(0, Rows).Where(i => found[i] == labels[i]).Sum(i => Weights[i]) / Weights.Sum(),
            EarlyStoppingMetric.F1Score => (classes == 2 ? [1] : Enumerable.Range(0, classes)).Average(c => 2 * Sum(i => found[i] == c && labels[i] == c) / (Sum(i => found[i] == c) + Sum(i => labels[i] == c))),
            _ => (classes == 2 ? [1] : Enumerable.Range(0, classes)).Average(AreaOf),
        };
        Assert.AreEqual(expected, score, 1e-12);

        double Sum(Func<int, bool> condition) => Enumerable.Range(0, Rows).Where(condition).Sum(i => Weights[i]);

        // By the definition: pairs of a row of the class and another.
        double AreaOf(int c) => (from i in Enumerable.Range(0, Rows)
                                 where labels[i] == c
                                 from j in Enumerable.Range(0, Rows)
                                 where labels[j] != c
                                 let share = p[i][c] > p[j][c] ? 1 : p[i][c] == p[j][c] ? 0.5 : 0
                                 select (Weight: Weights[i] * Weights[j], Share: share)).ToList() is var pairs ? pairs.Sum(pair => pair.Weight * pair.Share) / pairs.Sum(pair => pair.Weight) : 0;
    }

    [TestMethod]
    [DataRow(EarlyStoppingMetric.RootMeanSquaredError)]
    [DataRow(EarlyStoppingMetric.MeanAbsoluteError)]
    [DataRow(EarlyStoppingMetric.RSquared)]
    public void Figures_of_values_are_those_of_the_mean_prediction(EarlyStoppingMetric metric)
    {
        double[] values = [.. Enumerable.Range(0, Rows).Select(i => Math.Sin(i))];
        double score = ScoreOf(metric, new(Features, new Matrix<double>(Rows, 1, values), Weights), 0, members: 3, null, out Matrix<double> predictions);
        double[] errors = [.. values.Select((value, i) => predictions[i, 0] - value)];
        double mean = values.Select((value, i) => Weights[i] * value).Sum() / Weights.Sum();
        double squares = errors.Select((error, i) => Weights[i] * error * error).Sum();
        Assert.AreEqual(
            metric switch
            {
                EarlyStoppingMetric.RootMeanSquaredError => Math.Sqrt(squares / Weights.Sum()),
                EarlyStoppingMetric.MeanAbsoluteError => errors.Select((error, i) => Weights[i] * Math.Abs(error)).Sum() / Weights.Sum(),
                _ => 1 - (squares / values.Select((value, i) => Weights[i] * (value - mean) * (value - mean)).Sum()),
            },
            score, 1e-12);
    }

    [TestMethod]
    public void Equal_scores_have_an_area_of_a_half()
    {
        var network = new FeedForward { Inputs = 1, Loss = LossFunction.BinaryCrossEntropy, Initializer = Initializers.Initializers.Zeros }.Build<double>();
        var data = new DenseData<double>(new Matrix<double>(4, 1, [1, 2, 3, 4]), [0, 1, 1, 0]);
        var result = new MiniBatchTrainer<double>(new() { NumberOfEpochs = 1, LearningRate = 1e-300, EarlyStopping = new() { Metric = EarlyStoppingMetric.AreaUnderRocCurve } }).Fit(network, data, data);
        Assert.AreEqual(0.5, result.History[0].ValidationScore);
    }

    [TestMethod]
    public void A_figure_that_the_rows_do_not_define_or_of_another_task_is_named()
    {
        Fails(EarlyStoppingMetric.AreaUnderRocCurve, new(Features, new int[Rows]), 2, "do not define");
        Fails(EarlyStoppingMetric.RootMeanSquaredError, new(Features, new int[Rows]), 2, "figure of values");
        Fails(EarlyStoppingMetric.LogLoss, new(Features, new Matrix<double>(Rows, 1)), 0, "figure of classes");

        static void Fails(EarlyStoppingMetric metric, DenseData<double> data, int classes, string words) =>
            StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => ScoreOf(metric, data, classes, 1, null, out _)).Message, words);
    }

    private static Matrix<double> Features => new(Rows, 2, [.. Enumerable.Range(0, 2 * Rows).Select(i => Math.Cos(3 * i))]);

    /// <summary>The figure after an epoch, and the predictions of the network then.</summary>
    private static double ScoreOf(EarlyStoppingMetric metric, DenseData<double> data, int classes, int members, double[]? classWeights, out Matrix<double> predictions)
    {
        LossFunction loss = classes == 0 ? LossFunction.MeanSquaredError : classes == 2 ? LossFunction.BinaryCrossEntropy : LossFunction.SoftmaxCrossEntropy;
        var network = new TabM { Inputs = 2, Outputs = Math.Max(1, classes == 2 ? 1 : classes), Loss = loss, NumberOfMembers = members, HiddenLayers = [5], Dropout = 0 }.Build<double>();
        var result = new MiniBatchTrainer<double>(new() { NumberOfEpochs = 1, ClassWeights = classWeights, EarlyStopping = new() { Metric = metric } }).Fit(network, data, data);
        predictions = network.Predict(data.Rows);
        return result.History[0].ValidationScore!.Value;
    }
}
