using System.Text.RegularExpressions;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Schema;

/// <summary>Wrong columns give the exception types and messages recorded of the real ML.NET.</summary>
[TestClass]
public partial class ColumnErrorTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Recorded =>
        from trainer in TrainerCase.All
        from error in GoldenSchema.ColumnErrors(TrainerCase.BuiltInName((string)trainer[0]))
        select new object[] { trainer[0], error.Type, error.Message };

    [TestMethod]
    [DynamicData(nameof(Recorded))]
    public void A_wrong_column_is_refused_as_by_ML_NET_before_training_and_in_it(string trainer, string type, string message)
    {
        var error = ErrorMessage().Match(message);
        var (role, column, found) = (error.Groups["role"].Value, error.Groups["column"].Value, error.Groups["found"].Value);
        var data = DataFor(trainer);
        if (found.Length > 0)
        {
            data = _ml.Transforms.CopyColumns(column, OfType(found)).Fit(data).Transform(data);
        }

        var estimator = TrainerCase.Create(_ml, trainer, options =>
        {
            options.FeatureColumnName = role == "feature" ? column : options.FeatureColumnName;
            options.LabelColumnName = role == "label" ? column : options.LabelColumnName;
            options.ExampleWeightColumnName = role == "weight" ? column : null;
        });
        foreach (Action use in new Action[] { () => estimator.Fit(data), () => estimator.Estimator.GetOutputSchema(Internals.MLNetInternals.ShapeOf(null, data.Schema)) })
        {
            var thrown = Assert.Throws<Exception>(use);
            Assert.AreEqual(type, thrown.GetType().FullName);
            Assert.AreEqual(message, thrown.Message);
        }
    }

    [TestMethod]
    public void Every_trainer_is_held_to_missing_and_mistyped_columns_of_each_role()
    {
        foreach (var trainer in TrainerCase.All)
        {
            var messages = Recorded.Where(error => error[0].Equals(trainer[0])).Select(error => (string)error[2]).ToArray();
            foreach (string role in new[] { "feature", "label", "weight" })
            {
                Assert.Contains(message => message.StartsWith($"Could not find {role} ", StringComparison.Ordinal), messages);
                Assert.Contains(message => message.StartsWith($"Schema mismatch for {role} ", StringComparison.Ordinal), messages);
            }
        }
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

    private static string OfType(string type) => type switch
    {
        "Single" => nameof(WrongRow.Number),
        "Double" => nameof(WrongRow.Double),
        "Int32" => nameof(WrongRow.Integer),
        "Boolean" => nameof(WrongRow.Truth),
        "String" => nameof(WrongRow.Text),
        "Vector<Double>" => nameof(WrongRow.Doubles),
        "VarVector<Single>" => nameof(WrongRow.AnyLength),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No column of this type."),
    };

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

    [GeneratedRegex(@"(?<role>feature|label|weight) column '(?<column>\w+)'(.* got (?<found>\S+) )?")]
    private static partial Regex ErrorMessage();

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
