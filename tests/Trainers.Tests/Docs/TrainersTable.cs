using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace EE569.Trainers.Tests.Docs;

/// <summary>The table "With other parts of ML.NET" of docs/trainers.md: its calls stand here as they stand there, and what it says does not work does not.</summary>
[TestClass]
public sealed class TrainersTable : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _before = Environment.CurrentDirectory;
    private readonly MLContext ml = new(seed: 1);

    public TrainersTable() => Environment.CurrentDirectory = _folder.Path;

    public static IEnumerable<object[]> Binary => [[TrainerCase.Logistic], [TrainerCase.LogisticMlp]];

    /// <summary>Two named features, of which the second tells the class and the truth.</summary>
    private IDataView Named
    {
        get
        {
            var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => new { Useless = MathF.Sin(i), Useful = (i % 3) - 1f, Label = i % 3 == 2, Class = i % 3 }));
            return ml.Transforms.Concatenate("Features", "Useless", "Useful").Append(ml.Transforms.Conversion.MapValueToKey("Class")).Fit(rows).Transform(rows);
        }
    }

    private MiniBatchLogisticRegressionTrainer Logistic => ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(learningRate: 0.05);

    private LogisticMlpTrainer Network => ml.BinaryClassification.Trainers.LogisticMlp(hiddenLayers: [8], numberOfEpochs: 50, learningRate: 0.05);

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Dispose();
    }

    [TestMethod]
    [DynamicData(nameof(Binary))]
    public void CrossValidate(string name)
    {
        var (data, trainer) = (TrainerCase.Data(ml, name), TrainerCase.Create(ml, name).Estimator);
        var pipeline = ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(trainer);
        var folds = ml.BinaryClassification.CrossValidate(data, pipeline, numberOfFolds: 3);
        Assert.HasCount(3, folds);
        Assert.IsTrue(folds.All(fold => fold.Metrics.Accuracy > 0.7));
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void AppendCacheCheckpoint(string name)
    {
        var (data, trainer) = (TrainerCase.Data(ml, name), TrainerCase.Create(ml, name).Estimator);
        var preparation = ml.Transforms.NormalizeMeanVariance("Features", fixZero: false);
        var cached = preparation.AppendCacheCheckpoint(ml).Append(trainer).Fit(data);
        CollectionAssert.AreEqual(TrainerCase.Scores(preparation.Append(trainer).Fit(data).Transform(data)), TrainerCase.Scores(cached.Transform(data)));
    }

    [TestMethod]
    public void PermutationFeatureImportance_of_a_linear_model()
    {
        var data = Named;
        var model = Logistic.Fit(data);
        var bySlot = ml.BinaryClassification.PermutationFeatureImportance(model, data, permutationCount: 3);
        Assert.IsLessThan(bySlot[0].Accuracy.Mean - 0.2, bySlot[1].Accuracy.Mean);
        var byName = ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated((ITransformer)model, data);
        Assert.IsLessThan(byName["Useless"].Accuracy.Mean - 0.2, byName["Useful"].Accuracy.Mean);
        var softmax = ml.MulticlassClassification.PermutationFeatureImportance((ITransformer)ml.MulticlassClassification.Trainers.SoftmaxRegression("Class").Fit(data), data, "Class");
        Assert.IsLessThan(softmax["Useless"].MicroAccuracy.Mean - 0.2, softmax["Useful"].MicroAccuracy.Mean);
    }

    [TestMethod]
    public void PermutationFeatureImportance_of_a_network()
    {
        var data = Named;
        var model = Network.Fit(data);
        var bySlot = ml.BinaryClassification.PermutationFeatureImportance(model, data, permutationCount: 3);
        Assert.IsLessThan(bySlot[0].Accuracy.Mean - 0.2, bySlot[1].Accuracy.Mean);
        var error = Assert.ThrowsExactly<ArgumentNullException>(() => ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated((ITransformer)model, data));
        StringAssert.Contains(error.Message, "does not have a compatible predictor");

        ml.Model.Save(model, data.Schema, "model.zip");
        var loaded = LogisticMlpTransformer.FromLoaded(ml.Model.Load("model.zip", out _));
        Assert.AreEqual(bySlot[1].Accuracy.Mean, ml.BinaryClassification.PermutationFeatureImportance(loaded, data, permutationCount: 3)[1].Accuracy.Mean, 0.1);
    }

    [TestMethod]
    public void OneVersusAll()
    {
        int trainings = 0;
        var logistic = ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(new MiniBatchLogisticRegressionTrainer.Options
        {
            EpochCallback = progress => trainings += progress.Record.Epoch == 1 ? 1 : 0,
        });
        var data = TestData.IrisView(ml);
        var model = ml.MulticlassClassification.Trainers.OneVersusAll(logistic).Fit(data);
        Assert.IsGreaterThan(0.9, ml.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy);
        Assert.AreEqual(3 + 1, trainings); // the first class twice: findings/one-versus-all-trains-the-first-class-twice.sh
        Assert.IsNotInstanceOfType<ITrainerEstimator<BinaryPredictionTransformer<LogisticMlpModelParameters>, LogisticMlpModelParameters>>(Network);
    }

    [TestMethod]
    public void PairwiseCoupling()
    {
        var logistic = Logistic;
        var data = TestData.IrisView(ml);
        var model = ml.MulticlassClassification.Trainers.PairwiseCoupling(logistic).Fit(data);
        Assert.IsGreaterThan(0.9, ml.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ml.MulticlassClassification.Trainers.PairwiseCoupling(Network));
        StringAssert.Contains(error.Message, "does not appear to produce the right kind of model");
    }

    [TestMethod]
    [DynamicData(nameof(Binary))]
    public void Calibrators(string name)
    {
        var (data, trainer) = (TrainerCase.Data(ml, name), TrainerCase.Create(ml, name).Estimator);
        foreach (IEstimator<ITransformer> pipeline in new IEstimator<ITransformer>[]
        {
            trainer.Append(ml.BinaryClassification.Calibrators.Platt()),
            trainer.Append(ml.BinaryClassification.Calibrators.Isotonic()),
            trainer.Append(ml.BinaryClassification.Calibrators.Naive()),
        })
        {
            var model = pipeline.Fit(data);
            var scored = model.Transform(data);
            Assert.IsLessThan(0.5, ml.BinaryClassification.Evaluate(scored).LogLoss);
            ml.Model.Save(model, data.Schema, "model.zip");
            var loaded = ml.Model.Load("model.zip", out _).Transform(data);
            Assert.IsLessThan(1e-4f, scored.GetColumn<float>("Probability").Zip(loaded.GetColumn<float>("Probability"), (one, other) => Math.Abs(one - other)).Max());
        }
    }

    [TestMethod]
    public void ChangeModelThreshold()
    {
        var data = TrainerCase.Data(ml, TrainerCase.Logistic);
        var model = Logistic.Fit(data);
        AssertThresholdOfTwo(ml.BinaryClassification.ChangeModelThreshold(model, 2f), data);
        AssertThresholdOfTwo(Network.Append(ml.Transforms.Expression("PredictedLabel", "score => score > 2", "Score")).Fit(data), data);
    }

    [TestMethod]
    public void CalculateFeatureContribution()
    {
        var data = Named;
        var model = Logistic.Fit(data);
        var explained = model.Append(ml.Transforms.CalculateFeatureContribution(model).Fit(model.Transform(data))).Transform(data);
        Assert.IsTrue(explained.GetColumn<float[]>("FeatureContributions").Take(3).All(row => Math.Abs(row[0]) <= Math.Abs(row[1]) || row[1] == 0));
        Assert.IsNotInstanceOfType<ISingleFeaturePredictionTransformer<ICalculateFeatureContribution>>(Network.Fit(data));
        var softmax = ml.MulticlassClassification.Trainers.SoftmaxRegression("Class", numberOfEpochs: 1).Fit(data);
        Assert.IsNotInstanceOfType<ISingleFeaturePredictionTransformer<ICalculateFeatureContribution>>(softmax);
    }

    [TestMethod]
    [DynamicData(nameof(Binary))]
    public void CreatePredictionEngine(string name)
    {
        var data = TrainerCase.Data(ml, name);
        var model = TrainerCase.Create(ml, name).Fit(data);
        using var engine = ml.Model.CreatePredictionEngine<BinaryRow, BinaryResult>(model);
        float[] expected = TrainerCase.Scores(model.Transform(data));
        foreach (var (row, score) in TestData.Gaussians().Zip(expected).Take(50))
        {
            Assert.AreEqual(score, engine.Predict(row).Score, 1e-5);
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Save_with_the_loader(bool isNetwork)
    {
        var file = new MultiFileSource(Path.Combine(AppContext.BaseDirectory, "data", "gaussians.csv"));
        var loader = ml.Data.CreateTextLoader<CsvRow>(separatorChar: ',', hasHeader: true, dataSample: file);
        var data = loader.Load(file);
        ITransformer model = isNetwork ? Network.Fit(data) : Logistic.Fit(data);
        ml.Model.Save(model, loader, "model.zip");
        var loaded = ml.Model.LoadWithDataLoader("model.zip", out var loaderOfFile);
        float[] scores = TrainerCase.Scores(loaded.Transform(loaderOfFile.Load(file)));
        foreach (var (expected, actual) in TrainerCase.Scores(model.Transform(data)).Zip(scores))
        {
            Assert.AreEqual(expected, actual, 1e-5);
        }
    }

    private void AssertThresholdOfTwo(ITransformer model, IDataView data)
    {
        var rows = ml.Data.CreateEnumerable<BinaryResult>(model.Transform(data), reuseRowObject: false).ToList();
        Assert.IsTrue(rows.All(row => row.PredictedLabel == row.Score > 2));
        Assert.IsTrue(rows.Any(row => row.Score is > 0 and < 2));
    }

    private sealed class CsvRow
    {
        [LoadColumn(0, 1), VectorType(2)]
        public float[] Features { get; set; } = [];

        [LoadColumn(2)]
        public bool Label { get; set; }
    }

    [TestMethod]
    [DynamicData(nameof(Binary))]
    public void Onnx(string trainer)
    {
        var data = TrainerCase.Data(ml, trainer);
        var model = TrainerCase.Create(ml, trainer).Fit(data);
        using var stream = new MemoryStream();
        ml.Model.ConvertToOnnx(model, data, stream);
        using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(stream.ToArray());
        Assert.Contains("Score.output", session.OutputNames);
        Assert.DoesNotContain("Score", session.InputNames);
        model.SaveAsOnnx("model.onnx");
        var applied = ml.Transforms.ApplyOnnxModel("model.onnx").Fit(data).Transform(data);
        float[] expected = TrainerCase.Scores(model.Transform(data)), actual = TrainerCase.Scores(applied);
        Assert.IsTrue(expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5 * Math.Max(1, Math.Abs(pair.First))));
    }
}
