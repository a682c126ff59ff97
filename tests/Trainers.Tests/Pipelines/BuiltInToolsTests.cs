using EE569.Engine.Activations;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Pipelines;

/// <summary>What ML.NET does with its own trainers, it does with these.</summary>
[TestClass]
public class BuiltInToolsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void CrossValidate_gives_a_model_and_metrics_per_fold(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var estimator = TrainerCase.Create(_ml, trainer, options => options.NumberOfEpochs = 100).Estimator;
        double[] quality = trainer switch
        {
            TrainerCase.Logistic or TrainerCase.LogisticMlp => [.. _ml.BinaryClassification.CrossValidate(data, estimator, 3).Select(fold => fold.Metrics.Accuracy)],
            TrainerCase.Softmax or TrainerCase.SoftmaxMlp => [.. _ml.MulticlassClassification.CrossValidate(data, estimator, 3).Select(fold => fold.Metrics.MicroAccuracy)],
            _ => [.. _ml.Regression.CrossValidate(data, estimator, 3).Select(fold => fold.Metrics.RSquared)],
        };
        Assert.HasCount(3, quality);
        Assert.IsGreaterThan(0.7, quality.Min());
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void PermutationFeatureImportance_finds_the_feature_that_matters(string trainer)
    {
        var data = WithUselessFirstFeature(trainer);
        var model = (ISingleFeaturePredictionTransformer<object>)TrainerCase.Create(_ml, trainer, options =>
        {
            options.NumberOfEpochs = 100;
            options.LearningRate = 0.05;
        }).Fit(data);
        double[] losses = trainer switch
        {
            TrainerCase.Logistic or TrainerCase.LogisticMlp =>
                [.. _ml.BinaryClassification.PermutationFeatureImportance(model, data, permutationCount: 3).Select(slot => slot.Accuracy.Mean)],
            TrainerCase.Softmax or TrainerCase.SoftmaxMlp =>
                [.. _ml.MulticlassClassification.PermutationFeatureImportance(model, data, permutationCount: 3).Select(slot => slot.MicroAccuracy.Mean)],
            _ => [.. _ml.Regression.PermutationFeatureImportance(model, data, permutationCount: 3).Select(slot => slot.RSquared.Mean)],
        };
        Assert.HasCount(2, losses);
        Assert.AreEqual(0, losses[0], 0.05);
        Assert.IsLessThan(-0.3, losses[1]);
    }

    [TestMethod]
    public void LastTransformer_gives_the_weights_of_a_linear_model()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.Logistic);
        var chain = _ml.Transforms.CopyColumns("Copy", "Features").Append(_ml.BinaryClassification.Trainers.MiniBatchLogisticRegression()).Fit(data);
        var linear = chain.LastTransformer.Model.SubModel;
        var row = TestData.Gaussians()[7];
        double score = linear.Bias + linear.Weights.Zip(row.Features, (weight, feature) => (double)weight * feature).Sum();
        Assert.AreEqual(score, chain.Transform(data).GetColumn<float>("Score").ElementAt(7), 1e-5);
    }

    [TestMethod]
    public void LastTransformer_gives_the_layers_of_a_network()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.Regression);
        var chain = _ml.Transforms.CopyColumns("Copy", "Features").Append(_ml.Regression.Trainers.MlpRegression(new MlpRegressionTrainer.Options { HiddenLayers = [5, 4], NumberOfEpochs = 3, PrepareData = false })).Fit(data);
        double[] values = [.. TestData.Waves()[7].Features];
        var layers = chain.LastTransformer.Model.Layers;
        Assert.HasCount(3, layers);
        foreach (var layer in layers)
        {
            var (weights, biases, inputs) = (layer.Weights.ToArray(), layer.Biases.ToArray(), values);
            values = [.. Enumerable.Range(0, layer.Outputs)
                .Select(unit => biases[unit] + Enumerable.Range(0, layer.Inputs).Sum(i => weights[(unit * layer.Inputs) + i] * inputs[i]))
                .Select(sum => layer.Activation == Activation.ReLU ? Math.Max(sum, 0) : sum)];
        }

        Assert.AreEqual(values.Single(), chain.Transform(data).GetColumn<float>("Score").ElementAt(7), 1e-5);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Training_on_cached_data_gives_the_same_bits(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var plain = TrainerCase.Scores(TrainerCase.Create(_ml, trainer).Fit(data).Transform(data));
        CollectionAssert.AreEqual(plain, TrainerCase.Scores(TrainerCase.Create(_ml, trainer).Fit(_ml.Data.Cache(data)).Transform(data)));
    }

    [TestMethod]
    public void The_scores_of_one_network_are_the_features_of_another()
    {
        var data = TestData.IrisView(_ml);
        var pipeline = _ml.MulticlassClassification.Trainers.SoftmaxMlp(hiddenLayers: [8], learningRate: 0.01)
            .Append(_ml.Transforms.Concatenate("Stacked", "Features", "Score"))
            .Append(_ml.MulticlassClassification.Trainers.SoftmaxMlp(featureColumnName: "Stacked", hiddenLayers: [8], learningRate: 0.01));
        var model = pipeline.Fit(data);
        var scored = model.Transform(data);
        Assert.HasCount(2, scored.Schema.Where(column => column.Name == "Score").ToArray());
        Assert.IsGreaterThan(0.95, _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);

        using var folder = new TemporaryFolder();
        _ml.Model.Save(model, data.Schema, folder.File("stacked.zip"));
        var loaded = _ml.Model.Load(folder.File("stacked.zip"), out _).Transform(data);
        foreach (var (before, after) in TrainerCase.Scores(scored).Zip(TrainerCase.Scores(loaded)))
        {
            Assert.AreEqual(before, after, 1e-6);
        }
    }

    /// <summary>The second of two named features tells the label.</summary>
    private IDataView WithUselessFirstFeature(string trainer)
    {
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => new { X1 = MathF.Sin(i), X2 = (i % 3) - 1f, Number = i % 3f, Truth = i % 3 == 2, Class = i % 3 }));
        var features = _ml.Transforms.Concatenate("Features", "X1", "X2");
        IEstimator<ITransformer> prepare = trainer switch
        {
            TrainerCase.Logistic or TrainerCase.LogisticMlp => features.Append(_ml.Transforms.CopyColumns("Label", "Truth")),
            TrainerCase.Softmax or TrainerCase.SoftmaxMlp => features.Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Class")),
            _ => features.Append(_ml.Transforms.CopyColumns("Label", "Number")),
        };
        return prepare.Fit(rows).Transform(rows);
    }
}
