using System.Globalization;
using EE569.Engine.Data;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>The history is complete, and its CSV reads back to the same bits.</summary>
[TestClass]
public class HistoryTests
{
    [TestMethod]
    public void Csv_has_a_header_and_a_line_an_epoch_in_the_invariant_culture()
    {
        var options = new TrainingOptions<float> { NumberOfEpochs = 3 };
        History history = new MiniBatchTrainer<float>(options).Fit(TestData.CircleNetwork<float>(), TestData.Circles<float>(), TestData.Circles<float>(seed: 8)).History;
        var writer = new StringWriter();
        history.WriteCsv(writer);

        string[] lines = writer.ToString().Split(writer.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(4, lines);
        for (int i = 0; i < 3; i++)
        {
            double[] fields = [.. lines[i + 1].Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
            EpochRecord record = history[i];
            CollectionAssert.AreEqual(
                new[] { i + 1, record.TrainLoss, record.TrainMetric, record.ValidationLoss!.Value, record.ValidationMetric!.Value, record.LearningRate, record.GradientNorm, record.Seconds, record.Bytes, record.ValidationScore!.Value, 1 },
                fields);
        }
    }

    [TestMethod]
    [DataRow(LossFunction.SoftmaxCrossEntropy, 3)]
    [DataRow(LossFunction.BinaryCrossEntropy, 2)]
    public void The_callback_sees_the_parameters_and_the_confusion_matrix_of_the_epoch(LossFunction loss, int classes)
    {
        DenseData<float> data = TestData.Clusters<float>(60, 4, classes), validation = TestData.Clusters<float>(40, 4, classes, seed: 9);
        Network<float> network = TestData.Linear<float>(4, loss == LossFunction.BinaryCrossEntropy ? 1 : classes, loss);
        int epochs = 0;
        new MiniBatchTrainer<float>(new TrainingOptions<float>
        {
            NumberOfEpochs = 2,
            LearningRate = 0.01,
            EpochCallback = progress =>
            {
                epochs++;
                CollectionAssert.AreEqual(network.CopyParameters(), progress.Parameters.SelectMany(parameter => parameter.Values).Select(value => (float)value).ToArray());
                CollectionAssert.AreEqual(network.Parameters.Select(parameter => parameter.Name).ToArray(), progress.Parameters.Select(parameter => parameter.Name).ToArray());
                Matrix<float> predicted = network.Predict(validation.Rows);
                var expected = new Matrix<double>(classes, classes);
                for (int row = 0; row < predicted.Rows; row++)
                {
                    float[] outputs = predicted.Row(row).ToArray();
                    expected[validation.Targets.Labels[row], outputs.Length == 1 ? (outputs[0] > 0.5f ? 1 : 0) : Array.IndexOf(outputs, outputs.Max())]++;
                }

                CollectionAssert.AreEqual(expected.Values.ToArray(), progress.Confusion!.Values.ToArray());
            },
        }).Fit(network, data, validation);

        Assert.AreEqual(2, epochs);
    }

    [TestMethod]
    public void Numbers_have_no_confusion_matrix_and_classes_met_while_training_have_one()
    {
        Matrix<double>? ofTraining = null, ofNumbers = new(1, 1);
        new MiniBatchTrainer<float>(new TrainingOptions<float> { NumberOfEpochs = 1, EpochCallback = progress => ofTraining = progress.Confusion })
            .Fit(TestData.CircleNetwork<float>(), TestData.Circles<float>(rows: 50));
        new MiniBatchTrainer<float>(new TrainingOptions<float> { NumberOfEpochs = 1, EpochCallback = progress => ofNumbers = progress.Confusion })
            .Fit(TestData.Linear<float>(2, 1, LossFunction.MeanSquaredError), TestData.Line<float>());

        Assert.AreEqual(50, ofTraining!.Values.ToArray().Sum());
        Assert.IsNull(ofNumbers);
    }

    [TestMethod]
    public void The_lowest_loss_is_known_for_every_number_of_epochs()
    {
        double[] losses = [3, 2, 2.5, 1, 4];
        var history = new History(losses.Select((loss, epoch) => new EpochRecord(epoch + 1, loss, 0, null, null, 0, 0, 0, 0)));
        for (int epochs = 1; epochs <= losses.Length; epochs++)
        {
            Assert.AreEqual(losses[..epochs].Min(), history.LowestTrainLoss(epochs));
        }
    }

    [TestMethod]
    public void The_learning_rate_recorded_is_that_of_the_last_step()
    {
        var options = new TrainingOptions<float> { BatchSize = 50, NumberOfEpochs = 4, LearningRate = 0.5, Schedule = EE569.Engine.Schedules.Schedules.Polynomial() };
        double[] byStep = Rates(options);
        double[] byEpoch = Rates(options with { ScheduleInterval = ScheduleInterval.Epoch });
        Golden.AreClose([0.5 * 13 / 16, 0.5 * 9 / 16, 0.5 * 5 / 16, 0.5 * 1 / 16], byStep);
        Golden.AreClose([0.5, 0.375, 0.25, 0.125], byEpoch);

        static double[] Rates(TrainingOptions<float> options) =>
            [.. new MiniBatchTrainer<float>(options).Fit(TestData.CircleNetwork<float>(), TestData.Circles<float>()).History.Select(record => record.LearningRate)];
    }

    [TestMethod]
    public void Memory_grows_with_the_batch()
    {
        long[] bytes = [.. new[] { 1, 10, 100 }.Select(batch => new MiniBatchTrainer<float>(new() { BatchSize = batch, NumberOfEpochs = 2 })
            .Fit(TestData.CircleNetwork<float>(), TestData.Circles<float>(), TestData.Circles<float>()).History[^1].Bytes)];
        Assert.IsTrue(bytes[0] < bytes[1] && bytes[1] < bytes[2]);
    }

    [TestMethod]
    public void The_regression_metric_is_the_coefficient_of_determination()
    {
        var metric = new Metric();
        (double Target, double Prediction, double Weight)[] rows = [(1, 1.5, 1), (2, 1, 2), (4, 4.5, 1), (100, 0, 0)];
        foreach ((double target, double prediction, double weight) in rows)
        {
            metric.Add(weight, target, prediction);
        }

        double mean = rows.Sum(row => row.Weight * row.Target) / 4;
        double residual = rows.Sum(row => row.Weight * Math.Pow(row.Target - row.Prediction, 2));
        double total = rows.Sum(row => row.Weight * Math.Pow(row.Target - mean, 2));
        Assert.AreEqual(1 - residual / total, metric.Value, 1e-12);
    }
}
