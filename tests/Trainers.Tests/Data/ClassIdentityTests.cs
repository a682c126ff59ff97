using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace EE569.Trainers.Tests.Data;

/// <summary>A class is the value behind its key, wherever the key stands: in validation data, in new data for a model, in chunks, in files.</summary>
[TestClass]
public class ClassIdentityTests
{
    private const string Text = nameof(Flower.Name), Number = nameof(Flower.Number), Boolean = nameof(Flower.IsSetosa);

    private readonly MLContext _ml = new(seed: 1);

    private readonly List<Flower> _rows =
        [.. TestData.Iris().Select(row => new Flower { Features = row.Features, Name = row.Label, Number = row.Label.Length, IsSetosa = row.Label == "setosa" })];

    public static IEnumerable<object[]> Cases => from trainer in new[] { TrainerCase.Softmax, TrainerCase.SoftmaxMlp } from label in new[] { Text, Number, Boolean } select new object[] { trainer, label };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Validation_data_keyed_in_another_order_measures_the_same(string trainer, string label)
    {
        double[] Losses(IDataView validation)
        {
            var fitted = Create(trainer);
            fitted.Fit(Keyed(label), validation);
            return [.. fitted.LastHistory!.Select(epoch => epoch.ValidationLoss!.Value)];
        }

        CollectionAssert.AreEqual(Losses(Keyed(label)), Losses(Keyed(label, reversed: true)));
        Assert.IsLessThan(0.3, Losses(Keyed(label, reversed: true))[^1]);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_model_continues_on_data_keyed_in_another_order_with_its_classes(string trainer, string label)
    {
        var model = Create(trainer).Fit(Keyed(label));
        AssertContinues(trainer, label, model);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void So_does_a_model_from_a_file(string trainer, string label)
    {
        var data = Keyed(label);
        using var stream = new MemoryStream();
        _ml.Model.Save(Create(trainer).Fit(data), data.Schema, stream);
        stream.Position = 0;
        var loaded = _ml.Model.Load(stream, out _);
        AssertContinues(trainer, label, trainer == TrainerCase.SoftmaxMlp ? SoftmaxMlpTransformer.FromLoaded(loaded) : loaded);
    }

    [TestMethod]
    public void So_does_a_model_of_the_built_in_trainer_whose_label_was_text() =>
        AssertContinues(TrainerCase.Softmax, Text, _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(Keyed(Text)));

    [TestMethod]
    public void A_model_that_does_not_name_its_classes_is_taken_in_the_order_of_the_keys_with_a_warning()
    {
        var data = Keyed(Number);
        var builtIn = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(data);
        var log = new Log(_ml);
        var same = Create(TrainerCase.Softmax, epochs: 0).Fit(data, previous: builtIn);
        CollectionAssert.AreEqual(TrainerCase.Scores(builtIn.Transform(data)), TrainerCase.Scores(same.Transform(data)));
        Assert.Contains(text => text.Contains("The previous model does not name its classes", StringComparison.Ordinal), log.Warnings);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_chunk_keyed_in_another_order_teaches_the_same(string trainer, string label)
    {
        ITransformer Learn(bool reversed)
        {
            var partialFit = Create(trainer).StartPartialFit();
            partialFit(Keyed(label));
            return partialFit(Keyed(label, reversed));
        }

        var (expected, actual) = (Learn(reversed: false).Transform(Keyed(label)), Learn(reversed: true).Transform(Keyed(label)));
        CollectionAssert.AreEqual(TrainerCase.Scores(expected), TrainerCase.Scores(actual));
        CollectionAssert.AreEqual(Predicted(expected), Predicted(actual));
    }

    [TestMethod]
    [DataRow(TrainerCase.Softmax)]
    [DataRow(TrainerCase.SoftmaxMlp)]
    public void A_part_of_the_classes_is_enough_for_validation_and_chunks_and_a_new_class_is_refused(string trainer)
    {
        var two = Keyed(Text, rows: _rows.Skip(50)); // versicolor and virginica are keys 1 and 2 here, 2 and 3 in the training data
        var fitted = Create(trainer);
        fitted.Fit(Keyed(Text), two);
        Assert.IsGreaterThan(0.7, fitted.LastHistory![^1].ValidationMetric!.Value);

        AssertRefused(() => Create(trainer).Fit(two, Keyed(Text)), "Column 'Label' of the validation data has a class 'setosa', that of the training data has none of that name");
        var partialFit = Create(trainer).StartPartialFit();
        partialFit(two);
        AssertRefused(() => partialFit(Keyed(Text)), "Column 'Label' of this chunk has a class 'setosa', that of the first has none of that name");
        var renamed = Keyed(Text, rows: _rows.Select(row => new Flower { Features = row.Features, Name = row.Name == "setosa" ? "rose" : row.Name }));
        AssertRefused(() => Create(trainer).Fit(renamed, previous: Create(trainer).Fit(Keyed(Text))), "Column 'Label' of the training data has a class 'rose', the previous model has none of that name");
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Features_of_other_names_are_refused_since_one_hot_columns_made_apart_have_them(string trainer)
    {
        IDataView Encoded(string first) => _ml.Transforms.Categorical.OneHotEncoding("Colour").Append(_ml.Transforms.Concatenate("Features", "Colour", "Size")).Fit(Colours(first)).Transform(Colours("red"));
        IDataView Colours(string first) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new { Colour = (i % 2 == 0) == (first == "red") ? "red" : "blue", Size = i % 7f, Label = 0 }));
        IDataView Labelled(IDataView view) => trainer switch
        {
            TrainerCase.Regression => _ml.Transforms.CopyColumns("Label", "Size").Fit(view).Transform(view),
            TrainerCase.Logistic or TrainerCase.LogisticMlp => _ml.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Boolean).Fit(view).Transform(view),
            _ => _ml.Transforms.Conversion.MapValueToKey("Label").Fit(view).Transform(view),
        };
        var (red, blue) = (Labelled(Encoded("red")), Labelled(Encoded("blue")));
        Create(trainer).Fit(red, red);
        AssertRefused(() => Create(trainer).Fit(red, blue), "Feature 0 of column 'Features' of the validation data is 'Colour.blue', that of the training data 'Colour.red'");
        var partialFit = Create(trainer).StartPartialFit();
        partialFit(red);
        AssertRefused(() => partialFit(blue), "Feature 0 of column 'Features' of this chunk is 'Colour.blue', that of the first 'Colour.red'");
    }

    [TestMethod]
    public void Named_and_unnamed_classes_cannot_be_told_to_be_the_same()
    {
        var unnamed = _ml.Data.LoadFromEnumerable(_rows.Select(row => new UnnamedFlower { Features = row.Features, Label = (uint)(row.Number - 6) % 3 }));
        Create(TrainerCase.Softmax).Fit(unnamed, unnamed);
        AssertRefused(() => Create(TrainerCase.Softmax).Fit(Keyed(Text), unnamed), "Column 'Label' of the validation data has no names for its classes, that of the training data has");
        AssertRefused(() => Create(TrainerCase.Softmax).Fit(unnamed, Keyed(Text)), "Column 'Label' of the validation data has names for its classes, that of the training data has none");
        foreach (string trainer in new[] { TrainerCase.Softmax, TrainerCase.SoftmaxMlp })
        {
            var model = Create(trainer).Fit(Keyed(Text));
            AssertRefused(() => Create(trainer).Fit(unnamed, previous: model), "Column 'Label' of the training data has no names for its classes, the previous model has");
        }
    }

    [TestMethod]
    [DataRow(TrainerCase.Softmax)]
    [DataRow(TrainerCase.SoftmaxMlp)]
    public void A_checkpoint_of_classes_in_another_order_is_refused(string trainer)
    {
        using var folder = new TemporaryFolder();
        ITrainer Resuming() => TrainerCase.Create(_ml, trainer, options => (options.CheckpointFile, options.ResumeFromCheckpoint) = (folder.File("state"), true));
        Resuming().Fit(Keyed(Text));
        Resuming().Fit(Keyed(Text));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Resuming().Fit(Keyed(Text, reversed: true)));
        StringAssert.Contains(error.Message, $"'{folder.File("state")}' is the checkpoint of another training: Its classes are not those of column 'Label' in their order");
    }

    [TestMethod]
    [DataRow(TrainerCase.Logistic)]
    [DataRow(TrainerCase.LogisticMlp)]
    public void A_key_of_two_values_is_no_label_of_a_binary_trainer_as_of_none_of_ML_NET(string trainer)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TrainerCase.Create(_ml, trainer).Fit(Keyed(Boolean)));
        var builtIn = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(Keyed(Boolean)));
        Assert.AreEqual(builtIn.Message, error.Message);
    }

    private void AssertContinues(string trainer, string label, ITransformer model)
    {
        var (data, reversed) = (Keyed(label), Keyed(label, reversed: true));
        CollectionAssert.AreNotEqual(data.GetColumn<uint>("Label").ToArray(), reversed.GetColumn<uint>("Label").ToArray());
        var continued = Create(trainer, epochs: 0).Fit(reversed, previous: model);
        var scored = continued.Transform(reversed);
        double accuracy = _ml.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy;
        Assert.IsGreaterThan(label == Number ? 0.6 : 0.8, accuracy);
        Assert.AreEqual(accuracy, _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);

        // The keys of the new data name the predictions: taken back to values they are those of the model.
        CollectionAssert.AreEqual(Predicted(model.Transform(data)), Predicted(scored));
    }

    private string[] Predicted(IDataView scored)
    {
        var values = _ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Append(_ml.Transforms.Conversion.ConvertType("PredictedLabel", outputKind: DataKind.String)).Fit(scored).Transform(scored);
        return [.. values.GetColumn<string>("PredictedLabel")];
    }

    private static void AssertRefused(Action act, string message)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(act);
        StringAssert.Contains(error.Message, message);
        StringAssert.Contains(error.Message, "prepare both with the same fitted transformers");
    }

    private ITrainer Create(string trainer, int epochs = 10) => TrainerCase.Create(_ml, trainer, options => (options.NumberOfEpochs, options.LearningRate) = (epochs, 0.05));

    /// <summary>The rows with keys made of a column: in the order in which its values occur, or in the opposite one.</summary>
    private IDataView Keyed(string label, bool reversed = false, IEnumerable<Flower>? rows = null)
    {
        var view = _ml.Data.LoadFromEnumerable(rows ?? _rows);
        var order = reversed ? _ml.Data.LoadFromEnumerable((rows ?? _rows).Reverse()) : view;
        return _ml.Transforms.Conversion.MapValueToKey("Label", label, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence).Fit(order).Transform(view);
    }

    private sealed class Flower
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public string Name { get; set; } = "";

        public int Number { get; set; }

        public bool IsSetosa { get; set; }
    }

    private sealed class UnnamedFlower
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }
    }
}
