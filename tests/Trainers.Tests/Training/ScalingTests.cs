using System.Globalization;
using System.Text.RegularExpressions;
using EE569.Engine.Schedules;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Training;

/// <summary>The log tells when features or label should be standardised, and the calls that it gives help.</summary>
[TestClass]
public partial class ScalingTests
{
    private const string FeatureAdvice = "NormalizeMeanVariance(\"Features\", fixZero: false)";

    private readonly MLContext _ml = new(seed: 1);
    private readonly Log _log;

    public ScalingTests() => _log = new Log(_ml);

    [TestMethod]
    public void A_year_is_learnt_once_the_advice_is_followed()
    {
        var data = Line([.. Enumerable.Range(0, 300).Select(i => 1960f + (i / 5))], year => (year - 1990) / 2);
        Assert.IsLessThan(0.1, RSquared(Fit(data), data));
        StringAssert.Contains(ScaleWarning(), "Feature 0 of column 'Features' has mean 1990 and deviation 17.32: gradient descent hardly tells it from the bias.");
        Assert.AreEqual(1, RSquared(FitAsAdvised(data), data), 5e-4);
    }

    [TestMethod]
    public void The_default_of_NormalizeMeanVariance_leaves_a_year_far_from_zero_and_is_reported()
    {
        var data = Line([.. Enumerable.Range(0, 300).Select(i => 1960f + (i / 5))], year => (year - 1990) / 2);
        var scaled = _ml.Transforms.NormalizeMeanVariance("Features").Fit(data).Transform(data);
        Fit(scaled);
        StringAssert.Contains(ScaleWarning(), "has mean 1 and deviation 0.0087");
    }

    [TestMethod]
    [DataRow(TrainerCase.Logistic, 0.3, 0.995)]
    [DataRow(TrainerCase.LogisticMlp, 0.01, 0.998)]
    public void A_small_difference_on_a_large_number_decides_the_class_once_the_advice_is_followed(string trainer, double learningRate, double accuracy)
    {
        var random = new Random(1);
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 1000).Select(_ => (X: 1000 + Normal(), K: Normal()))
            .Select(p => new BinaryRow { Features = [(float)p.X, (float)p.K], Label = p.X - 1000 + (0.2 * p.K) > 0 }).ToList());
        var estimator = TrainerCase.Create(_ml, trainer, options => (options.NumberOfEpochs, options.LearningRate, options.LearningRateSchedule, options.L2Regularization) = (200, learningRate, Schedules.Cosine(), 0)).Estimator;
        Assert.IsLessThan(0.7, Accuracy(estimator.Fit(data)));
        StringAssert.Contains(ScaleWarning(), "Feature 0 of column 'Features' has mean 1000 and deviation 1.0");
        StringAssert.Contains(ScaleWarning(), FeatureAdvice);
        Assert.IsGreaterThanOrEqualTo(accuracy, Accuracy(_ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(estimator).Fit(data)));

        double Accuracy(ITransformer model) => _ml.BinaryClassification.Evaluate(model.Transform(data)).Accuracy;
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    [TestMethod]
    public void Features_as_large_as_the_label_are_learnt_as_they_are_and_not_warned_about()
    {
        var data = Line([.. Enumerable.Range(0, 100).Select(i => (float)i)], x => x);
        Assert.IsLessThan(0.02, _ml.Regression.Evaluate(Fit(data).Transform(data)).MeanAbsoluteError);
        Assert.IsEmpty(_log.Warnings, string.Join("\n", _log.Warnings));
    }

    [TestMethod]
    [DataRow(0.01f, 0f)] // features near 1, a label far beyond them
    [DataRow(1f, 100f)]
    [DataRow(100f, 1f)]
    public void A_label_of_another_scale_than_the_features_is_learnt_once_the_advice_is_followed(float xScale, float yScale)
    {
        float[] x = [.. Enumerable.Range(0, 100).Select(i => i * xScale)];
        var data = Line(x, value => value / xScale * (yScale + 1));
        Fit(data);
        StringAssert.Contains(ScaleWarning(), "LabelScale = ");
        Assert.IsGreaterThan(0.98, RSquared(FitAsAdvised(data), data));
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

    private MlpRegressionTransformer Fit(IDataView data) => _ml.Regression.Trainers.MlpRegression().Fit(data);

    private double RSquared(ITransformer model, IDataView data) => _ml.Regression.Evaluate(model.Transform(data)).RSquared;

    private string ScaleWarning() => _log.Warnings.Single(text => text.Contains("gradient descent", StringComparison.Ordinal));

    /// <summary>Does what the warning says, and only that.</summary>
    private TransformerChain<MlpRegressionTransformer> FitAsAdvised(IDataView data)
    {
        string warning = ScaleWarning();
        var options = new MlpRegressionTrainer.Options();
        IEstimator<ITransformer> pipeline = _ml.Transforms.CopyColumns("Same", "Label");
        if (warning.Contains(FeatureAdvice, StringComparison.Ordinal))
        {
            pipeline = pipeline.Append(_ml.Transforms.NormalizeMeanVariance("Features", fixZero: false));
        }

        if (LabelAdvice().Match(warning) is { Success: true } advice)
        {
            pipeline = pipeline.Append(_ml.Transforms.NormalizeMeanVariance("Standardised", "Label", fixZero: false));
            options.LabelColumnName = "Standardised";
            options.LabelScale = double.Parse(advice.Groups["scale"].Value, CultureInfo.InvariantCulture);
            options.LabelOffset = double.Parse(advice.Groups["offset"].Value, CultureInfo.InvariantCulture);
        }

        return pipeline.Append(_ml.Regression.Trainers.MlpRegression(options)).Fit(data);
    }

    [GeneratedRegex("""NormalizeMeanVariance\("Standardised", "Label", fixZero: false\) with LabelColumnName = "Standardised", LabelScale = (?<scale>\S+) and LabelOffset = (?<offset>\S+): """)]
    private static partial Regex LabelAdvice();

    private sealed class OneNumberRow
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
