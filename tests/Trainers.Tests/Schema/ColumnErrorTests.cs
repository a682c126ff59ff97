using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Schema;

/// <summary>Wrong columns give the exception types and messages of the built-in trainer of the same task.</summary>
[TestClass]
public class ColumnErrorTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Roles =>
        from trainer in TrainerCase.All
        from role in new[] { "feature", "label", "weight" }
        select new object[] { trainer[0], role };

    [TestMethod]
    [DynamicData(nameof(Roles))]
    public void A_missing_or_mistyped_column_is_refused_as_by_the_built_in_trainer_before_training_and_in_it(string trainer, string role)
    {
        var data = DataFor(trainer);
        var shape = Internals.MLNetInternals.ShapeOf(null, data.Schema);
        string[] columns = ["Nope", .. data.Schema.Select(column => column.Name)];
        int refused = 0;
        foreach (string column in columns)
        {
            string features = role == "feature" ? column : "Features";
            string label = role == "label" ? column : "Label";
            string? weight = role == "weight" ? column : null;
            var builtIn = TrainerCase.BuiltIn(_ml, trainer, label, features, weight);
            var ours = TrainerCase.Create(_ml, trainer, options => (options.FeatureColumnName, options.LabelColumnName, options.ExampleWeightColumnName) = (features, label, weight));
            string? error = ErrorOf(() => builtIn.GetOutputSchema(shape));
            Assert.AreEqual(error, ErrorOf(() => ours.Estimator.GetOutputSchema(shape)), column);
            if (error is not null)
            {
                refused++;
                Assert.AreEqual(ErrorOf(() => builtIn.Fit(data)), ErrorOf(() => ours.Fit(data)), column);
            }
        }

        Assert.IsInRange(columns.Length - 3, columns.Length - 1, refused);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Scoring_without_features(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var model = TrainerCase.Create(_ml, trainer).Fit(data);
        var without = _ml.Transforms.DropColumns("Features").Fit(data).Transform(data);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Transform(without));
        Assert.AreEqual("Features column 'Feature' not found (Parameter 'schema')", error.Message);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Scoring_features_of_another_length(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var model = TrainerCase.Create(_ml, trainer).Fit(data);
        var longer = _ml.Transforms.Concatenate("Features", "Features", "Features").Fit(data).Transform(data);
        int size = trainer is TrainerCase.Softmax or TrainerCase.SoftmaxMlp ? 4 : 2;
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => model.Transform(longer));
        Assert.AreEqual($"Incompatible features column type: 'Vector<Single, {2 * size}>' vs 'Vector<Single, {size}>'", error.Message);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Validation_data_of_other_features_or_classes_is_refused(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var longer = _ml.Transforms.Concatenate("Features", "Features", "Features").Fit(data).Transform(data);
        var error = Assert.ThrowsExactly<ArgumentException>(() => TrainerCase.Create(_ml, trainer).Fit(data, validation: longer));
        StringAssert.Contains(error.Message, "Features");
        StringAssert.Contains(error.Message, "validation");
        if (trainer is TrainerCase.Softmax or TrainerCase.SoftmaxMlp)
        {
            var keys = Enumerable.Range(0, 9).Select(i => new KeyRow { Features = [i, 1], Label = (uint)(i % 3) });
            var two = SchemaDefinition.Create(typeof(KeyRow));
            two[nameof(KeyRow.Label)].ColumnType = new KeyDataViewType(typeof(uint), 2);
            StringAssert.Contains(
                Assert.ThrowsExactly<ArgumentException>(() => TrainerCase.Create(_ml, trainer).Fit(_ml.Data.LoadFromEnumerable(keys), validation: _ml.Data.LoadFromEnumerable(keys, two))).Message,
                "2 classes");
        }
    }

    private static string? ErrorOf(Action use)
    {
        try
        {
            use();
            return null;
        }
        catch (Exception error)
        {
            return $"{error.GetType()}: {error.Message}";
        }
    }

    /// <summary>Data that suits the trainer, and columns of the wrong types beside it.</summary>
    private IDataView DataFor(string trainer)
    {
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(1, 4).Select(_ => new WrongRow()));
        string label = trainer switch
        {
            TrainerCase.Logistic or TrainerCase.LogisticMlp => nameof(WrongRow.Truth),
            TrainerCase.Softmax or TrainerCase.SoftmaxMlp => nameof(WrongRow.Key),
            _ => nameof(WrongRow.Number),
        };
        return _ml.Transforms.CopyColumns("Label", label).Fit(rows).Transform(rows);
    }

    private sealed class WrongRow
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [1, 2];

        [KeyType(3)]
        public uint Key { get; set; } = 1;

        public float Number { get; set; }

        public double Double { get; set; }

        public int Integer { get; set; }

        public bool Truth { get; set; }

        public string Text { get; set; } = "a";

        [VectorType(2)]
        public double[] Doubles { get; set; } = [1, 2];

        public float[] AnyLength { get; set; } = [1, 2];
    }
}
