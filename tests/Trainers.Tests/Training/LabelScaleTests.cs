using EE569.Trainers.Tests.Support;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Training;

/// <summary>A regression network trained on a standardised label predicts in the label's own unit.</summary>
[TestClass]
public class LabelScaleTests
{
    private const float Scale = 250, Offset = 4000;

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Predictions_are_scale_times_those_without_scaling_plus_the_offset()
    {
        var data = _ml.Data.LoadFromEnumerable(TestData.Waves());
        float[] plain = Scores(Trainer(new()).Fit(data), data);
        MlpRegressionTransformer scaled = Trainer(new() { LabelScale = Scale, LabelOffset = Offset }).Fit(data);

        float[] scores = Scores(scaled, data);
        for (int row = 0; row < plain.Length; row++)
        {
            Assert.AreEqual((Scale * plain[row]) + Offset, scores[row], 1e-5 * Offset);
        }
    }

    [TestMethod]
    public void Training_continues_from_a_scaled_model_as_from_a_plain_one()
    {
        var data = _ml.Data.LoadFromEnumerable(TestData.Waves());
        MlpRegressionTrainer plain = Trainer(new()), scaled = Trainer(new() { LabelScale = Scale, LabelOffset = Offset });
        float[] expected = Scores(plain.Fit(data, plain.Fit(data).Model), data);
        float[] scores = Scores(scaled.Fit(data, scaled.Fit(data).Model), data);
        for (int row = 0; row < expected.Length; row++)
        {
            Assert.AreEqual((Scale * expected[row]) + Offset, scores[row], 1e-4 * Offset);
        }
    }

    [TestMethod]
    public void A_scale_that_cannot_be_is_named()
    {
        Assert.AreEqual("LabelScale", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainer(new() { LabelScale = 0 })).ParamName);
        Assert.AreEqual("LabelOffset", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainer(new() { LabelOffset = double.NaN })).ParamName);
    }

    private MlpRegressionTrainer Trainer(MlpRegressionTrainer.Options options)
    {
        (options.HiddenLayers, options.NumberOfEpochs, options.LearningRate) = ([16], 20, 0.01);
        return _ml.Regression.Trainers.MlpRegression(options);
    }

    private static float[] Scores(MlpRegressionTransformer model, IDataView data) => TrainerCase.Scores(model.Transform(data));
}
