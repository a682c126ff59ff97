using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Data;

/// <summary>Labels of every kind, and those from which nothing can be learned.</summary>
[TestClass]
public class LabelTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(TrainerCase.Logistic)]
    [DataRow(TrainerCase.LogisticMlp)]
    public void Zero_and_one_as_numbers_are_refused_as_by_ML_NET_and_learn_as_Boolean_once_converted(string trainer)
    {
        var numbers = _ml.Data.LoadFromEnumerable(TestData.Gaussians().Select(row => new NumberRow { Features = row.Features, Label = row.Label ? 1 : 0 }));
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TrainerCase.Create(_ml, trainer).Fit(numbers));
        Assert.AreEqual("Schema mismatch for label column 'Label': expected Boolean, got Single (Parameter 'labelCol')", error.Message);
        var converted = _ml.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Boolean).Fit(numbers).Transform(numbers);
        CollectionAssert.AreEqual(Learnt(trainer, TrainerCase.Data(_ml, trainer)), Learnt(trainer, converted));
    }

    [TestMethod]
    [DataRow(TrainerCase.Softmax)]
    [DataRow(TrainerCase.SoftmaxMlp)]
    public void Keys_made_of_text_of_numbers_and_by_the_program_learn_the_same(string trainer)
    {
        var rows = TestData.Iris();
        var names = rows.Select(row => row.Label).Distinct().ToList();
        var keys = _ml.Data.LoadFromEnumerable(rows.Select(row => new FlowerRow { Features = row.Features, Label = (uint)names.IndexOf(row.Label), Number = 10 * names.IndexOf(row.Label) }));
        var numbers = _ml.Transforms.Conversion.MapValueToKey("Label", nameof(FlowerRow.Number)).Fit(keys).Transform(keys);
        float[] expected = Learnt(trainer, TestData.IrisView(_ml));
        CollectionAssert.AreEqual(expected, Learnt(trainer, keys));
        CollectionAssert.AreEqual(expected, Learnt(trainer, numbers));
    }

    [TestMethod]
    [DataRow(TrainerCase.Softmax)]
    [DataRow(TrainerCase.SoftmaxMlp)]
    public void Labels_unseen_when_the_keys_were_made_are_passed_over_and_reported(string trainer)
    {
        var all = _ml.Data.LoadFromEnumerable(TestData.Iris());
        var known = _ml.Data.LoadFromEnumerable(TestData.Iris().Where(row => row.Label != "virginica"));
        var key = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(known);
        float[] expected = Learnt(trainer, key.Transform(known));
        var log = new Log(_ml);
        float[] scores = Learnt(trainer, key.Transform(all));
        Assert.HasCount(2 * 150, scores);
        CollectionAssert.AreEqual(expected, scores.Take(2 * 100).ToArray());
        StringAssert.Contains(log.Warnings.Single(text => text.Contains("Skipped", StringComparison.Ordinal)), "missing label: 50");
    }

    [TestMethod]
    public void Numbers_that_are_missing_or_infinite_are_passed_over_and_reported()
    {
        var good = TestData.Waves();
        var odd = new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity }.Select(label => new NumberRow { Features = [0, 0], Label = label });
        var log = new Log(_ml);
        float[] expected = Learnt(TrainerCase.Regression, _ml.Data.LoadFromEnumerable(good));
        CollectionAssert.AreEqual(expected, Learnt(TrainerCase.Regression, _ml.Data.LoadFromEnumerable(good.Concat(odd))).Take(good.Count).ToArray());
        StringAssert.Contains(log.Warnings.Single(text => text.Contains("Skipped", StringComparison.Ordinal)), "missing label: 3");
    }

    [TestMethod]
    [DataRow(TrainerCase.Logistic)]
    [DataRow(TrainerCase.LogisticMlp)]
    public void A_label_that_is_always_true_or_always_false_is_learnt(string trainer)
    {
        foreach (bool label in new[] { true, false })
        {
            var data = _ml.Data.LoadFromEnumerable(TestData.Gaussians().Select(row => new BinaryRow { Features = row.Features, Label = label }));
            Assert.IsTrue(TrainerCase.Create(_ml, trainer).Fit(data).Transform(data).GetColumn<bool>("PredictedLabel").All(predicted => predicted == label));
        }
    }

    [TestMethod]
    [DataRow(TrainerCase.Softmax)]
    [DataRow(TrainerCase.SoftmaxMlp)]
    public void One_class_present_of_three_is_learnt_and_so_is_a_key_of_one_value(string trainer)
    {
        var rows = TestData.Iris().Select(row => new FlowerRow { Features = row.Features, Label = 1 });
        var threeKeys = _ml.Data.LoadFromEnumerable(rows);
        Assert.IsTrue(TrainerCase.Create(_ml, trainer).Fit(threeKeys).Transform(threeKeys).GetColumn<uint>("PredictedLabel").All(key => key == 2));

        var oneKey = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(threeKeys).Transform(threeKeys);
        Assert.IsTrue(Learnt(trainer, oneKey).All(probability => probability == 1));
    }

    [TestMethod]
    [DataRow(TrainerCase.Softmax)]
    [DataRow(TrainerCase.SoftmaxMlp)]
    public void Fewer_rows_than_classes_are_learnt(string trainer)
    {
        var definition = SchemaDefinition.Create(typeof(FlowerRow));
        definition[nameof(FlowerRow.Label)].ColumnType = new KeyDataViewType(typeof(uint), 50);
        FlowerRow[] rows = [new() { Features = [1, 0, 0, 0], Label = 7 }, new() { Features = [0, 1, 0, 0], Label = 49 }, new() { Features = [0, 0, 1, 0], Label = 0 }];
        var data = _ml.Data.LoadFromEnumerable(rows, definition);
        var scored = TrainerCase.Create(_ml, trainer, options =>
        {
            options.LearningRate = 0.1;
            options.NumberOfEpochs = 200;
        }).Fit(data).Transform(data);
        Assert.HasCount(50, scored.GetColumn<float[]>("Score").First());
        CollectionAssert.AreEqual(data.GetColumn<uint>("Label").ToArray(), scored.GetColumn<uint>("PredictedLabel").ToArray());
    }

    [TestMethod]
    public void A_constant_number_is_learnt()
    {
        var data = _ml.Data.LoadFromEnumerable(TestData.Waves().Select(row => new NumberRow { Features = row.Features, Label = 3 }));
        var scores = TrainerCase.Scores(TrainerCase.Create(_ml, TrainerCase.Regression, options => options.NumberOfEpochs = 100).Fit(data).Transform(data));
        Assert.AreEqual(3, scores.Average(), 0.1);
    }

    private float[] Learnt(string trainer, IDataView data) => TrainerCase.Scores(TrainerCase.Create(_ml, trainer).Fit(data).Transform(data));

    private sealed class FlowerRow
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }

        public int Number { get; set; }
    }
}
