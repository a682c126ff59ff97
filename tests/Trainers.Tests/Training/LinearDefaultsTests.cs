using EE569.Engine.Schedules;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Training;

/// <summary>The linear trainers without options: batch, passes and penalty by the number of rows.</summary>
[TestClass]
public class LinearDefaultsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(TrainerCase.Logistic)]
    [DataRow(TrainerCase.Softmax)]
    public void They_end_within_a_hundredth_of_the_log_loss_of_L_BFGS(string trainer)
    {
        var raw = TrainerCase.Data(_ml, trainer);
        var data = _ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Fit(raw).Transform(raw);
        IEstimator<ITransformer> ours = trainer == TrainerCase.Logistic
            ? _ml.BinaryClassification.Trainers.MiniBatchLogisticRegression() : _ml.MulticlassClassification.Trainers.SoftmaxRegression();
        Assert.IsLessThanOrEqualTo(1.01 * LogLoss(TrainerCase.BuiltIn(_ml, trainer).Fit(data)), LogLoss(ours.Fit(data)));

        double LogLoss(ITransformer model) => trainer == TrainerCase.Logistic
            ? _ml.BinaryClassification.Evaluate(model.Transform(data)).LogLoss : _ml.MulticlassClassification.Evaluate(model.Transform(data)).LogLoss;
    }

    [TestMethod]
    [DataRow(150, 32, 500)]
    [DataRow(20_000, 32, 16)]
    [DataRow(50_000, 64, 7)]
    [DataRow(200_000, 256, 4)]
    [DataRow(5_000_000, 256, 1)]
    public void Batch_and_passes_go_by_the_number_of_rows(int rows, int batchSize, int epochs)
    {
        var form = new LinearForm(0);
        Assert.AreEqual(batchSize, form.BatchSize(rows));
        Assert.AreEqual(epochs, form.NumberOfEpochs(rows, batchSize));
    }

    [TestMethod]
    [DataRow(TrainerCase.Logistic)]
    [DataRow(TrainerCase.Softmax)]
    public void The_penalty_is_one_over_twice_the_rows(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        int rows = data.GetColumn<float[]>("Features").Count();
        float[] Scores(double? penalty) => TrainerCase.Scores(TrainerCase.Create(_ml, trainer, options => options.L2Regularization = penalty).Fit(data).Transform(data));
        CollectionAssert.AreEqual(Scores(0.5 / rows), Scores(null));
        CollectionAssert.AreNotEqual(Scores(0), Scores(null));
    }

    [TestMethod]
    public void Chunks_have_a_rate_that_falls_and_stays_above_0()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.Logistic);
        var training = _ml.BinaryClassification.Trainers.MiniBatchLogisticRegression().StartPartialFit();
        for (int i = 0; i < 3; i++)
        {
            training.PartialFit(data);
        }

        double[] rates = [.. training.History!.Select(epoch => epoch.LearningRate)];
        int steps = (data.GetColumn<float[]>("Features").Count() + 31) / 32;
        Assert.IsGreaterThan(rates[1], rates[0]);
        Assert.IsGreaterThan(0.03 / Math.Sqrt(1 + (3.1 * steps / 100)), rates[2]);

        var cosine = _ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(new MiniBatchLogisticRegressionTrainer.Options { LearningRateSchedule = Schedules.Cosine() }).StartPartialFit();
        cosine.PartialFit(data);
        Assert.IsLessThan(0.001, cosine.History![0].LearningRate);
    }
}
