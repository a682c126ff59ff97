using EE569.Engine.Training;
using EE569.Trainers.Tests.Onnx;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Training;

/// <summary>The plain networks prepare raw features and the label themselves, wherever the rows come from and the model goes to.</summary>
[TestClass]
public class PreparedNetworkTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly Log _log;

    public PreparedNetworkTests() => _log = new Log(_ml);

    [TestMethod]
    [DataRow(TrainerCase.LogisticMlp, 1_000_000)]
    [DataRow(TrainerCase.SoftmaxMlp, 1_000_000)]
    [DataRow(TrainerCase.Regression, 1_000_000)]
    [DataRow(TrainerCase.LogisticMlp, 50)]
    [DataRow(TrainerCase.SoftmaxMlp, 50)]
    [DataRow(TrainerCase.Regression, 50)]
    public void Raw_features_are_learnt_and_no_row_is_skipped_in_memory_and_streamed(string trainer, int rowsInMemory)
    {
        var create = Create(trainer, options => (options.NumberOfEpochs, options.MaximumRowsInMemory) = (60, rowsInMemory));
        Assert.IsFalse(create.Info.NeedNormalization);
        Assert.IsGreaterThan(0.9, Quality(create.Fit(Data()), trainer));
        Assert.IsNotNull(create.LastHistory![0].ValidationLoss);
        Assert.DoesNotContain(text => text.Contains("Skipped", StringComparison.Ordinal), _log.Warnings);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.Networks), typeof(TrainerCase))]
    public void File_and_ONNX_read_raw_features_too(string trainer)
    {
        var (data, model) = (Data(), Create(trainer).Fit(Data()));
        var loaded = Reload(model);
        AreClose(Scores(model), Scores(loaded));
        CollectionAssert.AreEqual(Scores(model), Scores(FromLoaded(trainer, loaded)));
        foreach (var exported in new[] { model, loaded })
        {
            using var file = OnnxFile.Of(exported);
            OnnxCompare.AreEqual(file, [.. data.GetColumn<float[]>("Features")], model.Transform(data));
        }
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.Networks), typeof(TrainerCase))]
    public void A_training_goes_on_from_memory_and_from_a_file_with_the_preparation_of_the_model(string trainer)
    {
        var first = Create(trainer, options => options.NumberOfEpochs = 30);
        var model = first.Fit(Data());
        // Of other rows the medians would be others.
        var shifted = Data([.. Rows().Where(row => row.Features[0] > 3000)]);
        ITrainer Second() => Create(trainer, options => (options.NumberOfEpochs, options.LearningRate) = (1, 1e-6));
        var second = Second();
        var continued = second.Fit(shifted, previous: model);
        Assert.IsLessThan(first.LastHistory![0].TrainLoss * 0.7, second.LastHistory![0].TrainLoss);
        CollectionAssert.AreEqual(Scaled(model).Offsets, Scaled(continued).Offsets);
        CollectionAssert.AreEqual(Scores(continued), Scores(Second().Fit(shifted, previous: FromLoaded(trainer, Reload(model)))));

        var wider = _ml.Transforms.Concatenate("Wider", "Features", "Features").Fit(Data()).Transform(Data());
        var other = Assert.ThrowsExactly<ArgumentException>(() => Create(trainer, options => options.FeatureColumnName = "Wider").Fit(wider, previous: model));
        StringAssert.Contains(other.Message, "reads 4 features");
    }

    [TestMethod]
    public void A_model_without_preparation_is_continued_without()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.Regression);
        var bare = TrainerCase.Create(_ml, TrainerCase.Regression, options => ((NetworkTrainerOptions)options).PrepareData = false).Fit(data);
        Assert.IsNull(Form(TrainerCase.Create(_ml, TrainerCase.Regression).Fit(data, previous: bare)).Preparation);
    }

    [TestMethod]
    public void Chunks_widen_the_range_of_the_predictions()
    {
        NumberRow[] Line(int start) => [.. Enumerable.Range(start, 100).Select(i => new NumberRow { Features = [i, i], Label = 1000 + i })];
        var training = _ml.Regression.Trainers.MlpRegression(hiddenLayers: [16], learningRate: 0.01).StartPartialFit();
        var first = training.PartialFit(_ml.Data.LoadFromEnumerable(Line(0)));
        MlpRegressionTransformer last = first;
        for (int i = 0; i < 30; i++)
        {
            last = training.PartialFit(_ml.Data.LoadFromEnumerable(Line(100)));
        }

        var far = _ml.Data.LoadFromEnumerable(Line(150));
        Assert.IsTrue(Predictions(first).All(score => score <= 1099.01f));
        Assert.IsTrue(Predictions(last).All(score => score is > 1120 and <= 1199.01f));

        float[] Predictions(ITransformer model) => [.. model.Transform(far).GetColumn<float>("Score")];
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.Networks), typeof(TrainerCase))]
    public void A_training_that_is_resumed_ends_in_the_same_bits(string trainer)
    {
        using var folder = new TemporaryFolder();
        float[] whole = Scores(Create(trainer, options => options.NumberOfEpochs = 6).Fit(Data()));
        void Checkpointed(TrainerOptions options) => (options.CheckpointFile, options.ResumeFromCheckpoint) = (folder.File("state"), true);
        Create(trainer, options => options.NumberOfEpochs = 3, Checkpointed).Fit(Data());
        CollectionAssert.AreEqual(whole, Scores(Create(trainer, options => options.NumberOfEpochs = 6, Checkpointed).Fit(Data())));
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.Networks), typeof(TrainerCase))]
    public void The_bits_are_the_same_on_two_threads(string trainer) => CollectionAssert.AreEqual(
        Scores(Create(trainer, options => options.NumberOfThreads = 1).Fit(Data())), Scores(Create(trainer, options => options.NumberOfThreads = 2).Fit(Data())));

    [TestMethod]
    public void Sparse_rows_with_a_column_that_is_never_0_are_learnt_and_scored_as_dense_ones()
    {
        const int Width = 40;
        var definition = SchemaDefinition.Create(typeof(SparseRow));
        definition[nameof(SparseRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Width);
        IDataView View(bool isSparse) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(i => SparseRow.Create(i, Width, isSparse)).ToArray(), definition);
        foreach (int rowsInMemory in new[] { 1_000_000, 50 })
        {
            var model = TrainerCase.Create(_ml, TrainerCase.LogisticMlp, options => (options.MaximumRowsInMemory, options.ValidationFraction) = (rowsInMemory, 0)).Fit(View(isSparse: true));
            Assert.AreEqual(1960 + 30, Scaled(model).Offsets[7], 10);
            Assert.IsGreaterThan(0.95, _ml.BinaryClassification.Evaluate(model.Transform(View(isSparse: true))).Accuracy);
            using var engine = _ml.Model.CreatePredictionEngine<SparseRow, BinaryResult>(model, inputSchemaDefinition: definition);
            float[] single = [.. Enumerable.Range(0, 400).Select(i => engine.Predict(SparseRow.Create(i, Width, isSparse: true)).Score)];
            AreClose(single, [.. Enumerable.Range(0, 400).Select(i => engine.Predict(SparseRow.Create(i, Width, isSparse: false)).Score)]);
            AreClose(single, TrainerCase.Scores(model.Transform(View(isSparse: false))));
        }
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.Networks), typeof(TrainerCase))]
    public void Of_few_rows_all_train_until_the_loss_no_longer_falls_and_an_own_share_stays_an_error(string trainer)
    {
        var few = Data([.. Rows().Take(40)]);
        var training = Create(trainer, options => (options.NumberOfEpochs, options.LearningRate) = (5000, 0.03));
        training.Fit(few);
        Assert.IsNull(training.LastHistory![0].ValidationLoss);
        Assert.AreEqual(StopReason.Converged, training.LastStopReason);
        Assert.ContainsSingle(text => text.Contains("40 rows are too few to set 10", StringComparison.Ordinal), _log.Warnings);
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => Create(trainer, options => options.ValidationFraction = 0.1).Fit(Data([Rows()[1]]))).Message, "too few to set 10");
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.Networks), typeof(TrainerCase))]
    public void Early_stopping_ends_the_training_by_default_and_a_validation_view_lets_all_rows_train(string trainer)
    {
        var noise = new Random(5);
        var data = Data([.. Rows().Select(row => { row.Truth ^= noise.Next(3) == 0; row.Class = noise.Next(3); row.Number += noise.Next(9000); return row; })]);
        var own = Create(trainer, options => (options.NumberOfEpochs, options.LearningRate) = (300, 0.02));
        own.Fit(data);
        Assert.AreEqual(StopReason.EarlyStopping, own.LastStopReason);

        int steps = 0;
        var view = Create(trainer, options => (options.NumberOfEpochs, options.BatchSize, options.LearningRateSchedule) = (1, 1, (step, _) => { steps = (int)step + 1; return 1; }));
        view.Fit(data, validation: data);
        Assert.AreEqual(Rows().Length, steps);
    }

    [TestMethod]
    [DataRow(5f)]
    [DataRow(0f)]
    public void A_constant_is_predicted(float label)
    {
        var data = _ml.Data.LoadFromEnumerable(TestData.Waves().Select(row => new NumberRow { Features = row.Features, Label = label }));
        var model = TrainerCase.Create(_ml, TrainerCase.Regression).Fit(data);
        foreach (var scorer in new[] { model, Reload(model, data), TrainerCase.Create(_ml, TrainerCase.Regression).Fit(data, previous: FromLoaded(TrainerCase.Regression, Reload(model, data))) })
        {
            Assert.IsTrue(TrainerCase.Scores(scorer.Transform(data)).All(score => score == label));
        }
    }

    [TestMethod]
    public void A_model_whose_medians_are_all_0_is_saved_and_loaded()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => new BinaryRow { Features = [(i % 3) - 1, (i % 5) - 2], Label = i % 3 > 1 }));
        var model = TrainerCase.Create(_ml, TrainerCase.LogisticMlp).Fit(data);
        CollectionAssert.AreEqual(new float[2], Scaled(model).Offsets);
        AreClose(TrainerCase.Scores(model.Transform(data)), TrainerCase.Scores(Reload(model, data).Transform(data)));
        CollectionAssert.AreEqual(TrainerCase.Scores(model.Transform(data)), TrainerCase.Scores(LogisticMlpTransformer.FromLoaded(Reload(model, data)).Transform(data)));
    }

    private ITrainer Create(string trainer, params Action<TrainerOptions>[] changes) => TrainerCase.Create(_ml, trainer, options =>
    {
        options.LabelColumnName = trainer switch { TrainerCase.LogisticMlp => nameof(Row.Truth), TrainerCase.SoftmaxMlp => nameof(Row.Class), _ => nameof(Row.Number) };
        Array.ForEach(changes, change => change(options));
    });

    private double Quality(ITransformer model, string trainer) => trainer switch
    {
        TrainerCase.LogisticMlp => _ml.BinaryClassification.Evaluate(model.Transform(Data()), nameof(Row.Truth)).Accuracy,
        TrainerCase.SoftmaxMlp => _ml.MulticlassClassification.Evaluate(model.Transform(Data()), nameof(Row.Class)).MicroAccuracy,
        _ => _ml.Regression.Evaluate(model.Transform(Data()), nameof(Row.Number)).RSquared,
    };

    private ITransformer Reload(ITransformer model, IDataView? data = null)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, (data ?? Data()).Schema, stream);
        stream.Position = 0;
        return _ml.Model.Load(stream, out _);
    }

    private static ITransformer FromLoaded(string trainer, ITransformer loaded) => trainer switch
    {
        TrainerCase.LogisticMlp => LogisticMlpTransformer.FromLoaded(loaded),
        TrainerCase.SoftmaxMlp => SoftmaxMlpTransformer.FromLoaded(loaded),
        _ => MlpRegressionTransformer.FromLoaded(loaded),
    };

    private static NetworkForm Form(ITransformer model) => ((ISingleFeaturePredictionTransformer<NetworkModelParameters>)model).Model.Form;

    private static Stage.Scale Scaled(ITransformer model) => Form(model).Stages.OfType<Stage.Scale>().First();

    private float[] Scores(ITransformer model) => TrainerCase.Scores(model.Transform(Data()));

    private IDataView Data(Row[]? rows = null)
    {
        var view = _ml.Data.LoadFromEnumerable(rows ?? Rows());
        return _ml.Transforms.Conversion.MapValueToKey(nameof(Row.Class), keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(_ml.Data.LoadFromEnumerable(Rows())).Transform(view);
    }

    private static void AreClose(float[] expected, float[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])), $"{i}");
        }
    }

    /// <summary>A large number with outliers, a small one, a flag, and a value that is missing in a third of the rows, where it says much.</summary>
    private static Row[] Rows()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 500).Select(_ =>
        {
            var (a, b, flag, isMissing) = (random.NextDouble(), random.NextDouble(), random.Next(4) == 0, random.Next(3) == 0);
            double sum = a + (flag ? 0.5 : 0) - (isMissing ? 1 : b);
            return new Row
            {
                Features = [(float)(random.Next(50) == 0 ? 1e7 : 2000 + (2000 * a)), (float)(b / 1e5), flag ? 1 : 0, isMissing ? float.NaN : (float)(b - 1e4)],
                Truth = sum > 0.1,
                Class = sum < -0.2 ? 0 : sum > 0.4 ? 2 : 1,
                Number = (float)(3e5 + (1e4 * sum)),
            };
        })];
    }

    private sealed class Row
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public bool Truth { get; set; }

        public int Class { get; set; }

        public float Number { get; set; }
    }

    private sealed class SparseRow
    {
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }

        /// <summary>A year in column 7, and a word that decides the class.</summary>
        public static SparseRow Create(int i, int width, bool isSparse)
        {
            int word = 8 + (i % (width - 8));
            var row = new VBuffer<float>(width, 2, [1960 + (i % 60), 1], [7, word]);
            return new SparseRow { Label = word % 2 == 0, Features = isSparse ? row : new VBuffer<float>(width, [.. row.DenseValues()]) };
        }
    }
}
