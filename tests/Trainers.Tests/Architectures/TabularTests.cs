using EE569.Engine.Activations;
using EE569.Engine.Matrices;
using EE569.Trainers.Saving;
using EE569.Trainers.Tests.Onnx;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Architectures;

/// <summary>The trainers for raw tables on three tasks: features far from unit scale, a constant, flags, and values that are missing.</summary>
[TestClass]
public class TabularTests : TabularCase
{

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void They_learn_from_raw_features_and_skip_no_row(string trainer, string task)
    {
        var log = new List<string>();
        Context.Log += (_, message) => log.Add(message.Message);
        var create = Create(trainer, task);
        Assert.IsFalse(create.Info.NeedNormalization);
        var model = create.Fit(Data());
        Assert.IsGreaterThan(0.85, Quality(model, task));
        Assert.DoesNotContain("Skipped", string.Join('\n', log));
        Assert.IsTrue(Scores(model).All(float.IsFinite));
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_scores_are_those_of_the_file_and_of_ONNX_Runtime(string trainer, string task)
    {
        using var folder = new TemporaryFolder();
        var (data, model) = (Data(), Create(trainer, task, epochs: 5).Fit(Data()));
        float[] expected = Scores(model);
        Context.Model.Save(model, data.Schema, folder.File("model.zip"));
        var loaded = Context.Model.Load(folder.File("model.zip"), out _);
        AreClose(expected, Scores(loaded));
        AreClose(expected, Scores(task switch
        {
            "Binary" => LogisticMlpTransformer.FromLoaded(loaded),
            "Multiclass" => SoftmaxMlpTransformer.FromLoaded(loaded),
            _ => (ITransformer)MlpRegressionTransformer.FromLoaded(loaded),
        }));
        foreach (var exported in new[] { model, loaded })
        {
            using var file = OnnxFile.Of(exported);
            OnnxCompare.AreEqual(file, [.. data.GetColumn<float[]>("Features")], model.Transform(data));
        }
    }

    [TestMethod]
    [DataRow("TabM", 40, 2)]
    [DataRow("RealMlp", 40, 2)]
    [DataRow("TabM", 600, 0)]
    [DataRow("RealMlp", 600, 0)]
    public void Numbers_are_embedded_and_flags_are_not_unless_they_are_too_many(string trainer, int width, int mostFlags)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        var rows = Enumerable.Range(0, 80).Select(i => new ManyFeatures { Truth = i % 2 == 0, Features = [.. Enumerable.Range(0, width).Select(column => column < mostFlags ? random.Next(2) : random.NextSingle() + (i % 2))] }).ToArray();
        var definition = SchemaDefinition.Create(typeof(ManyFeatures));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        var data = Context.Data.LoadFromEnumerable(rows, definition);
        var model = Create(trainer, "Binary", epochs: 2).Fit(data);
        int embedded = ((ISingleFeaturePredictionTransformer<NetworkModelParameters>)model).Model.Form.Origin!.Single().Description switch
        {
            Engine.Networks.TabM tabM => tabM.Edges?.Count(edges => edges.Count > 0) ?? 0,
            var realMlp => ((Engine.Networks.RealMlp)realMlp).WaveColumns!.Count,
        };
        Assert.AreEqual(width > 512 ? 0 : width - mostFlags, embedded);
        Context.Model.Save(model, data.Schema, folder.File("model.zip"));
        float[] expected = [.. model.Transform(data).GetColumn<float>("Score")];
        AreClose(expected, [.. Context.Model.Load(folder.File("model.zip"), out _).Transform(data).GetColumn<float>("Score")]);
        using var file = OnnxFile.Of(model);
        OnnxCompare.AreEqual(file, [.. rows.Select(row => row.Features)], model.Transform(data));
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Categories_are_recognised_by_their_annotation(string trainer, string task)
    {
        using var folder = new TemporaryFolder();
        var rows = Context.Data.LoadFromEnumerable(Rows().Select((row, i) => new Town { Truth = row.Truth, Class = row.Class, Number = row.Number, Year = row.Features[0], Name = $"town {i % 12}", Side = i % 4 == 0 ? "left" : "right" }).ToArray());
        var pipeline = Context.Transforms.Categorical.OneHotEncoding([new("Towns", "Name"), new("Sides", "Side")])
            .Append(Context.Transforms.Concatenate("Features", "Year", "Towns", "Sides")).Append(Context.Transforms.Conversion.MapValueToKey("Class"));
        var data = pipeline.Fit(rows).Transform(rows);
        var model = Create(trainer, task, epochs: 4).Fit(data);
        var form = ((ISingleFeaturePredictionTransformer<NetworkModelParameters>)model).Model.Form;
        if (form.Origin!.Single().Description is Engine.Networks.RealMlp network)
        {
            CollectionAssert.AreEqual(new[] { (1, 12) }, network.Categories.ToArray());
            CollectionAssert.AreEqual(new[] { 0, 13 }, network.Columns!.ToArray());
            CollectionAssert.AreEqual(new[] { 0 }, network.WaveColumns!.ToArray());
        }

        Context.Model.Save(model, data.Schema, folder.File("model.zip"));
        float[] scores = TrainerCase.Scores(model.Transform(data));
        AreClose(scores, TrainerCase.Scores(Context.Model.Load(folder.File("model.zip"), out _).Transform(data)));
        using var file = OnnxFile.Of(model);
        OnnxCompare.AreEqual(file, [.. data.GetColumn<float[]>("Features")], model.Transform(data));
        AreClose(scores, TrainerCase.Scores(Create(trainer, task, options => options.LearningRate = 1e-7, epochs: 1).Fit(data, previous: model).Transform(data)), 0.02);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_scores_are_those_of_the_trained_network(string trainer, string task)
    {
        var model = Create(trainer, task, epochs: 5).Fit(Data());
        var form = ((ISingleFeaturePredictionTransformer<NetworkModelParameters>)model).Model.Form;
        var (network, _, preparation) = form.Origin!.Single();
        var prepared = preparation!.Features.Transform(Engine.Matrices.Matrix<float>.FromRows([.. Data().GetColumn<float[]>("Features")]));
        float[] predicted = network.Predict(prepared).Values.ToArray();
        if (task == "Regression")
        {
            var (mean, scale, low, high) = preparation.Label!;
            predicted = [.. predicted.Select(value => (float)Math.Clamp((value * scale) + mean, low, high))];
        }

        float[] scores = task == "Binary" ? [.. model.Transform(Data()).GetColumn<float>("Probability")] : Scores(model);
        for (int i = 0; i < scores.Length; i++)
        {
            // Each member is clipped to the range before the mean: only where none is are they the same.
            Assert.AreEqual(predicted[i], scores[i], task == "Regression" ? 2 : 1e-4, $"{i}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_bits_are_the_same_on_two_threads(string trainer, string task)
    {
        float[] one = Scores(Create(trainer, task, options => options.NumberOfThreads = 1, epochs: 3).Fit(Data()));
        CollectionAssert.AreEqual(one, Scores(Create(trainer, task, options => options.NumberOfThreads = 2, epochs: 3).Fit(Data())));
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Rows_of_no_weight_do_not_count(string trainer, string task)
    {
        var wrong = Rows().Where((_, i) => i % 3 == 0)
            .Select(row => new Row { Features = row.Features, Truth = !row.Truth, Class = (row.Class + 1) % 3, Number = -row.Number, Weight = 0 });
        var model = Create(trainer, task, options => options.ExampleWeightColumnName = nameof(Row.Weight)).Fit(Data([.. Rows(), .. wrong]));
        Assert.IsGreaterThan(0.8, Quality(model, task));
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_training_goes_on_from_the_model_in_memory_and_from_none_of_a_file_or_another_shape(string trainer, string task)
    {
        using var folder = new TemporaryFolder();
        var first = Create(trainer, task);
        var model = first.Fit(Data());
        var second = Create(trainer, task, options => options.LearningRate = 1e-5, epochs: 1);
        second.Fit(Data(), previous: model);
        Assert.IsLessThan(first.LastHistory![0].TrainLoss * 0.7, second.LastHistory![0].TrainLoss);

        var shape = Assert.ThrowsExactly<ArgumentException>(() => Create(trainer, task, options => ((TabularTrainerOptions)options).HiddenLayers = [7]).Fit(Data(), previous: model));
        StringAssert.Contains(shape.Message, "-7-");
        Context.Model.Save(model, Data().Schema, folder.File("model.zip"));
        var loaded = Context.Model.Load(folder.File("model.zip"), out _);
        ITransformer own = task switch
        {
            "Binary" => LogisticMlpTransformer.FromLoaded(loaded),
            "Multiclass" => SoftmaxMlpTransformer.FromLoaded(loaded),
            _ => MlpRegressionTransformer.FromLoaded(loaded),
        };
        var file = Assert.ThrowsExactly<ArgumentException>(() => Create(trainer, task).Fit(Data(), previous: own));
        StringAssert.Contains(file.Message, "from a file");
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Rows_are_streamed_where_memory_is_short_and_come_in_chunks(string trainer, string task)
    {
        Assert.IsGreaterThan(0.8, Quality(Create(trainer, task, options => options.MaximumRowsInMemory = 50).Fit(Data()), task));
        var feed = Create(trainer, task, options => options.LearningRate /= 4).StartPartialFit();
        ITransformer? model = null;
        for (int i = 0; i < 20; i++)
        {
            model = feed(Data());
        }

        Assert.IsGreaterThan(0.6, Quality(model!, task));
    }

    [TestMethod]
    [DataRow("TabM")]
    [DataRow("RealMlp")]
    public void Streamed_and_kept_rows_are_prepared_alike_by_the_training_rows(string trainer)
    {
        var kept = PreparationOf(options => { });
        var streamed = PreparationOf(options => options.MaximumRowsInMemory = 50);
        var rows = new Matrix<float>(2, kept.Features.Inputs);
        rows.Row(0).Fill(0.7f);
        rows.Row(1).Fill(float.NaN);
        CollectionAssert.AreEqual(kept.Features.Transform(rows).Values.ToArray(), streamed.Features.Transform(rows).Values.ToArray());
        Assert.AreEqual(kept.Label, streamed.Label);

        InputPreparation PreparationOf(Action<TrainerOptions> change) =>
            ((ISingleFeaturePredictionTransformer<NetworkModelParameters>)Create(trainer, "Regression", change, epochs: 1).Fit(Data())).Model.Form.Origin!.Single().Preparation!;
    }

    [TestMethod]
    [DataRow("TabM", "Binary")]
    [DataRow("RealMlp", "Binary")]
    [DataRow("TabM", "Multiclass")]
    [DataRow("RealMlp", "Multiclass")]
    public void A_class_without_weight_is_not_learnt(string trainer, string task)
    {
        double[] weights = task == "Binary" ? [0, 1] : [1, 0, 1];
        var model = Create(trainer, task, options =>
        {
            if (options is TabMClassifierOptions tabM)
            {
                tabM.ClassWeights = ClassWeighting.Explicit(weights);
            }
            else
            {
                ((RealMlpClassifierOptions)options).ClassWeights = ClassWeighting.Explicit(weights);
            }
        }).Fit(Data());
        var predicted = model.Transform(Data());
        if (task == "Binary")
        {
            Assert.IsTrue(predicted.GetColumn<bool>("PredictedLabel").All(label => label));
        }
        else
        {
            Assert.IsFalse(predicted.GetColumn<uint>("PredictedLabel").Contains(2u));
        }
    }

    [TestMethod]
    public void The_full_form_of_TabM_is_saved_too()
    {
        using var folder = new TemporaryFolder();
        var model = Create("TabM", "Multiclass", options => ((TabMOptions)options).IsFull = true, epochs: 3).Fit(Data());
        Context.Model.Save(model, Data().Schema, folder.File("model.zip"));
        AreClose(Scores(model), Scores(Context.Model.Load(folder.File("model.zip"), out _)));
        using var file = OnnxFile.Of(model);
        OnnxCompare.AreEqual(file, [.. Data().GetColumn<float[]>("Features")], model.Transform(Data()));
    }

    [TestMethod]
    [DataRow("TabM")]
    [DataRow("RealMlp")]
    public void A_continued_training_knows_its_classes_in_another_order(string trainer)
    {
        var model = Create(trainer, "Multiclass").Fit(Data());
        var turned = Data([.. Rows().AsEnumerable().Reverse()]);
        var goOn = Create(trainer, "Multiclass", options => options.LearningRate = 1e-6, epochs: 1).Fit(turned, previous: model);
        Assert.AreEqual(Quality(model, "Multiclass"), Context.MulticlassClassification.Evaluate(goOn.Transform(turned), "Class").MicroAccuracy, 0.03);
    }

    [TestMethod]
    [DataRow("TabM")]
    [DataRow("RealMlp")]
    public void Predictions_stay_in_the_range_of_the_labels(string trainer)
    {
        var model = Create(trainer, "Regression", epochs: 10).Fit(Data());
        float[] numbers = [.. Rows().Select(row => row.Number)];
        var extreme = Data([.. new[] { float.MinValue, float.MaxValue, float.NegativeInfinity, float.PositiveInfinity, float.NaN }
            .Select(value => new Row { Features = [value, value, value, value], Number = 0 })]);
        foreach (float score in model.Transform(extreme).GetColumn<float>("Score"))
        {
            Assert.IsInRange(numbers.Min() * 0.99999f, numbers.Max() * 1.00001f, score);
        }
    }

    [TestMethod]
    public void A_network_too_large_for_a_chain_says_so_and_is_exported()
    {
        using var folder = new TemporaryFolder();
        var layer = new DenseLayer(256, 256, [.. Enumerable.Range(0, 256 * 256).Select(i => MathF.Sin(i) / 256)], new float[256], Activation.ReLU);
        var features = new Stage.Features(256);
        var hidden = new Stage.Concatenation([.. Enumerable.Range(0, 513).Select(_ => new Stage.Dense(features, layer))]);
        var form = new NetworkForm(hidden, new DenseLayer(hidden.Width, 1, new float[hidden.Width], [1], Activation.Identity));
        var data = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 2).Select(_ => new Wide()));
        var chain = BuiltInChain.Create(Context, form, data.Schema, "Features", (top, schema, column) => Tasks.LearningTask.Regression.CreateTop(Context, top, schema, column, "Label"));
        var model = new MlpRegressionTransformer(new MlpRegressionModelParameters(form), "Features", chain, report: null);
        CollectionAssert.AreEqual(new[] { 1f, 1f }, model.Transform(data).GetColumn<float>("Score").ToArray());
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Context.Model.Save(model, data.Schema, folder.File("model.zip")));
        StringAssert.Contains(error.Message, "SaveAsOnnx");
        model.SaveAsOnnx(folder.File("model.onnx"));
        Assert.IsLessThan(2_000_000, new FileInfo(folder.File("model.onnx")).Length);
    }

    private sealed class Wide
    {
        [VectorType(256)]
        public float[] Features { get; set; } = new float[256];

        public float Label { get; set; }
    }

    private sealed class ManyFeatures
    {
        public bool Truth { get; set; }

        public float[] Features { get; set; } = [];
    }

    private sealed class Town
    {
        public bool Truth { get; set; }

        public int Class { get; set; }

        public float Number { get; set; }

        public float Year { get; set; }

        public string Name { get; set; } = "";

        public string Side { get; set; } = "";
    }
}
