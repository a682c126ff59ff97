using EE569.Engine.Schedules;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Training;

/// <summary>Networks learn from features and labels of any scale; for a linear model the log tells when features should be standardised, and the call that it gives helps.</summary>
[TestClass]
public class ScalingTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly Log _log;

    public ScalingTests() => _log = new Log(_ml);

    [TestMethod]
    public void A_year_is_learnt_as_it_is_and_without_the_preparation_the_advice_is_to_leave_it_on()
    {
        var data = Line([.. Enumerable.Range(0, 300).Select(i => 1960f + (i / 5))], year => (year - 1990) / 2);
        Assert.AreEqual(1, RSquared(Fit(data), data), 1e-3);
        AssertNoScaleWarning();

        Assert.IsLessThan(0.1, RSquared(Fit(data, prepares: false), data));
        StringAssert.EndsWith(
            ScaleWarning(), "Feature 0 of column 'Features' has mean 1990 and deviation 17.32: gradient descent hardly tells it from the bias. Leave PrepareData at true.");
    }

    [TestMethod]
    public void The_default_of_NormalizeMeanVariance_leaves_a_year_far_from_zero_and_is_reported()
    {
        var data = Line([.. Enumerable.Range(0, 300).Select(i => 1960f + (i / 5))], year => (year - 1990) / 2);
        var scaled = _ml.Transforms.NormalizeMeanVariance("Features").Fit(data).Transform(data);
        Fit(scaled, prepares: false);
        StringAssert.Contains(ScaleWarning(), "has mean 1 and deviation 0.0087");
    }

    [TestMethod]
    public void A_small_difference_on_a_large_number_decides_the_class_in_a_network_and_once_the_advice_is_followed_in_a_linear_model()
    {
        var random = new Random(1);
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 1000).Select(_ => (X: 1000 + Normal(), K: Normal()))
            .Select(p => new BinaryRow { Features = [(float)p.X, (float)p.K], Label = p.X - 1000 + (0.2 * p.K) > 0 }).ToList());
        Assert.IsGreaterThan(0.99, Accuracy(_ml.BinaryClassification.Trainers.LogisticMlp().Fit(data)));
        AssertNoScaleWarning();

        var linear = TrainerCase.Create(_ml, TrainerCase.Logistic, options => (options.NumberOfEpochs, options.LearningRate, options.LearningRateSchedule, options.L2Regularization) = (200, 0.3, Schedules.Cosine(), 0)).Estimator;
        Assert.IsLessThan(0.7, Accuracy(linear.Fit(data)));
        StringAssert.Contains(ScaleWarning(), "Feature 0 of column 'Features' has mean 1000 and deviation 1.0");
        StringAssert.Contains(ScaleWarning(), "NormalizeMeanVariance(\"Features\", fixZero: false)");
        Assert.IsGreaterThanOrEqualTo(0.995, Accuracy(_ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(linear).Fit(data)));

        double Accuracy(ITransformer model) => _ml.BinaryClassification.Evaluate(model.Transform(data)).Accuracy;
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    [TestMethod]
    [DataRow(0.01f, 0f)] // features near 1, a label far beyond them
    [DataRow(1f, 100f)]
    [DataRow(100f, 1f)]
    [DataRow(1e-6f, 1e6f)]
    public void Features_and_label_of_any_scale_are_learnt_as_they_are(float xScale, float yScale)
    {
        float[] x = [.. Enumerable.Range(0, 200).Select(i => i * xScale)];
        var data = Line(x, value => value / xScale * (yScale + 1));
        Assert.IsGreaterThan(0.995, RSquared(Fit(data), data));
        AssertNoScaleWarning();
    }

    [TestMethod]
    public void A_slot_is_called_by_its_name()
    {
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => new { Length = i % 7f, Year = 1960f + (i % 60), Label = i % 2 == 0 }));
        var data = _ml.Transforms.NormalizeMeanVariance("Length", fixZero: false).Append(_ml.Transforms.Concatenate("Features", "Length", "Year")).Fit(rows).Transform(rows);
        TrainerCase.Create(_ml, TrainerCase.Logistic).Fit(data);
        StringAssert.Contains(ScaleWarning(), "Feature 'Year' of column 'Features' has mean ");
    }

    [TestMethod]
    public void A_number_far_from_zero_among_sparse_columns_is_to_be_scaled_before_it_joins_them()
    {
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(i => new { Word = $"word {i % 40}", Year = 1960f + (i % 60), Label = i % 2 == 0 }));
        var data = _ml.Transforms.Categorical.OneHotEncoding("Word").Append(_ml.Transforms.Concatenate("Features", "Word", "Year")).Fit(rows).Transform(rows);
        TrainerCase.Create(_ml, TrainerCase.Logistic).Fit(data);
        StringAssert.Contains(ScaleWarning(), "Feature 'Year' of column 'Features' has mean ");
        StringAssert.Contains(ScaleWarning(), "before it is joined with the sparse ones");
    }

    [TestMethod]
    public void Indicators_constants_and_standardised_features_are_not_warned_about()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 1000).Select(i => new ClassRow { Features = [i == 0 ? 0 : 1, 1, MathF.Sin(i), (i % 100 / 10f) - 5], Label = i % 2 == 0 ? "a" : "b" }));
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        TrainerCase.Create(_ml, TrainerCase.Softmax).Fit(keyed);
        TrainerCase.Create(_ml, TrainerCase.Softmax).Fit(TestData.IrisView(_ml));
        Assert.IsFalse(_log.Warnings.Any(text => text.Contains("Feature", StringComparison.Ordinal)), string.Join("\n", _log.Warnings));
    }

    private IDataView Line(float[] x, Func<float, float> y) => _ml.Data.LoadFromEnumerable(x.Select(value => new OneNumberRow { Features = [value], Label = y(value) }));

    private MlpRegressionTransformer Fit(IDataView data, bool prepares = true) => _ml.Regression.Trainers.MlpRegression(new MlpRegressionTrainer.Options { PrepareData = prepares }).Fit(data);

    private double RSquared(MlpRegressionTransformer model, IDataView data) => _ml.Regression.Evaluate(model.Transform(data)).RSquared;

    private void AssertNoScaleWarning() => Assert.DoesNotContain(text => text.Contains("gradient descent", StringComparison.Ordinal), _log.Warnings, string.Join("\n", _log.Warnings));

    private string ScaleWarning() => _log.Warnings.Single(text => text.Contains("gradient descent", StringComparison.Ordinal));

    private sealed class OneNumberRow
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
