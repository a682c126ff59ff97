using EE569.Engine.Activations;
using EE569.Engine.Training;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Docs;

/// <summary>The examples of docs/trainers.md, a region each: they run here as they stand there.</summary>
[TestClass]
public sealed class TrainersExamples : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _before = Environment.CurrentDirectory;
    private readonly MLContext ml = new(seed: 1);

    public TrainersExamples() => Environment.CurrentDirectory = _folder.Path;

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Dispose();
    }

    [TestMethod]
    public void Logistic_regression()
    {
        var split = ml.Data.TrainTestSplit(TrainerCase.Data(ml, TrainerCase.Logistic));
        var (train, test) = (split.TrainSet, split.TestSet);
        #region Logistic regression
        var model = ml.Transforms.NormalizeMeanVariance("Features", fixZero: false)
            .Append(ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(batchSize: 64))
            .Fit(train);
        var metrics = ml.BinaryClassification.Evaluate(model.Transform(test));
        Console.WriteLine($"accuracy {metrics.Accuracy:P1}, log-loss {metrics.LogLoss:F3}");
        IReadOnlyList<float> weights = model.LastTransformer.Model.SubModel.Weights;
        #endregion
        Assert.IsGreaterThan(0.7, metrics.Accuracy);
        Assert.HasCount(2, weights);
    }

    [TestMethod]
    public void Softmax_regression()
    {
        var train = ml.Data.LoadFromEnumerable(TestData.Iris());
        #region Softmax regression
        var model = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.SoftmaxRegression(numberOfEpochs: 20))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(train);
        foreach (var fold in ml.MulticlassClassification.CrossValidate(model.Transform(train), ml.MulticlassClassification.Trainers.SoftmaxRegression(), numberOfFolds: 5))
        {
            Console.WriteLine($"fold {fold.Fold}: {fold.Metrics.MicroAccuracy:P1}");
        }
        #endregion
        Assert.Contains("setosa", model.Transform(train).GetColumn<string>("PredictedLabel"));
    }

    [TestMethod]
    public void Softmax_network()
    {
        var train = TestData.IrisView(ml);
        #region Softmax network
        var trainer = ml.MulticlassClassification.Trainers.SoftmaxMlp(new SoftmaxMlpTrainer.Options
        {
            HiddenLayers = [64, 32],
            ClassWeights = ClassWeighting.Balanced,
            ValidationFraction = 0.1,
            EarlyStopping = new EarlyStopping { Patience = 10 },
            EpochCallback = progress => Console.WriteLine(progress.Record),
        });
        SoftmaxMlpTransformer network = trainer.Fit(train);
        network.TrainingHistory!.SaveCsv("history.csv");
        Console.WriteLine(network.StopReason);
        #endregion
        Assert.IsGreaterThan(0.9, ml.MulticlassClassification.Evaluate(network.Transform(train)).MicroAccuracy);
        Assert.HasCount(network.TrainingHistory!.Count + 1, File.ReadAllLines("history.csv"));
    }

    [TestMethod]
    public void Logistic_network()
    {
        var train = ml.Data.LoadFromEnumerable(TestData.Rings().Take(100));
        var newData = ml.Data.LoadFromEnumerable(TestData.Rings().Skip(100));
        #region Logistic network
        LogisticMlpTrainer trainer = ml.BinaryClassification.Trainers.LogisticMlp(hiddenLayers: [32], activation: Activation.Tanh, learningRate: 0.01);
        LogisticMlpTransformer first = trainer.Fit(train);
        LogisticMlpTransformer second = trainer.Fit(newData, first.Model);
        second.SaveAsOnnx("model.onnx");
        #endregion
        Assert.IsGreaterThan(0.95, ml.BinaryClassification.Evaluate(second.Transform(newData)).Accuracy);
        Assert.IsTrue(File.Exists("model.onnx"));
    }

    [TestMethod]
    public void Regression_network()
    {
        var rows = TestData.Waves();
        IDataView[] chunks = [.. Enumerable.Range(0, 100).Select(i => ml.Data.LoadFromEnumerable(rows.Where((_, row) => row % 2 == i % 2)))];
        #region Regression network
        var training = ml.Regression.Trainers.MlpRegression(hiddenLayers: [32], learningRate: 0.01).StartPartialFit();
        MlpRegressionTransformer model = null!;
        foreach (IDataView chunk in chunks)
        {
            model = training.PartialFit(chunk);
        }

        ml.Model.Save(model, chunks[0].Schema, "model.zip");
        #endregion
        Assert.IsGreaterThan(0.9, ml.Regression.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(rows))).RSquared);
        Assert.IsTrue(File.Exists("model.zip"));
    }

    [TestMethod]
    public void Networks_for_raw_tables()
    {
        var raw = ml.Data.LoadFromEnumerable(TestData.Waves().Select(row => new NumberRow { Features = [2000 + row.Features[0], row.Features[0] > 1.5f ? float.NaN : row.Features[1]], Label = row.Label }));
        #region Networks for raw tables
        TabMRegressionTrainer trainer = ml.Regression.Trainers.TabM(new TabMRegressionTrainer.Options { NumberOfEpochs = 20, NumberOfMembers = 8 });
        MlpRegressionTransformer model = trainer.Fit(raw);
        #endregion
        Assert.IsGreaterThan(0.8, ml.Regression.Evaluate(model.Transform(raw)).RSquared);
    }

    [TestMethod]
    public void Export()
    {
        var train = TrainerCase.Data(ml, TrainerCase.LogisticMlp);
        var test = train;
        #region Export
        var model = ml.Transforms.NormalizeMeanVariance("Scaled", "Features", fixZero: false)
            .Append(ml.BinaryClassification.Trainers.LogisticMlp(featureColumnName: "Scaled", hiddenLayers: [16]))
            .Append(ml.BinaryClassification.Calibrators.Platt())
            .Fit(train);
        model.SaveAsOnnx("whole.onnx");
        model.SaveAsOnnx("network.onnx", includeNormalizer: false);
        IDataView scored = ml.Transforms.ApplyOnnxModel("whole.onnx").Fit(test).Transform(test);
        float[] probabilities = [.. scored.GetColumn<float[]>("Probability").Select(row => row[0])];
        #endregion
        float[] expected = [.. model.Transform(test).GetColumn<float>("Probability")];
        Assert.IsTrue(expected.Zip(probabilities).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5));
        using var alone = new Microsoft.ML.OnnxRuntime.InferenceSession("network.onnx");
        Assert.AreEqual("Scaled", alone.InputNames.Single());
    }
}
