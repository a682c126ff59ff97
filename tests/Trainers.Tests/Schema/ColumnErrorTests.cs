using EE569.Trainers.Tests.Support;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Schema;

/// <summary>Wrong columns give the exception types and messages recorded of the real ML.NET.</summary>
[TestClass]
public class ColumnErrorTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_missing_feature_column(string trainer) =>
        Fails(trainer, options => options.FeatureColumnName = "Nope", "Could not find feature column 'Nope' (Parameter 'inputSchema')");

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_missing_label_column(string trainer) =>
        Fails(trainer, options => options.LabelColumnName = "Nope", "Could not find label column 'Nope' (Parameter 'inputSchema')");

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_missing_weight_column(string trainer) =>
        Fails(trainer, options => options.ExampleWeightColumnName = "NoW", "Could not find weight column 'NoW' (Parameter 'inputSchema')");

    [TestMethod]
    [DataRow(TrainerCase.Logistic, "Boolean")]
    [DataRow(TrainerCase.LogisticMlp, "Boolean")]
    [DataRow(TrainerCase.Softmax, "Key<UInt32>")]
    [DataRow(TrainerCase.SoftmaxMlp, "Key<UInt32>")]
    public void A_label_of_another_type(string trainer, string expected)
    {
        var numbers = _ml.Data.LoadFromEnumerable(TestData.Waves());
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TrainerCase.Create(_ml, trainer).Fit(numbers));
        Assert.AreEqual($"Schema mismatch for label column 'Label': expected {expected}, got Single (Parameter 'labelCol')", error.Message);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Features_that_are_one_number(string trainer)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() =>
            TrainerCase.Create(_ml, trainer, options => options.FeatureColumnName = "Weight").Fit(TrainerCase.Data(_ml, trainer)));
        Assert.AreEqual("Schema mismatch for feature column 'Weight': expected Vector<Single>, got Single (Parameter 'inputSchema')", error.Message);
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

    private void Fails(string trainer, Action<TrainerOptions> change, string message)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var estimator = TrainerCase.Create(_ml, trainer, change);
        Assert.AreEqual(message, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.Fit(data)).Message);
        var shape = Internals.MLNetInternals.ShapeOf(null, data.Schema);
        Assert.AreEqual(message, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.Estimator.GetOutputSchema(shape)).Message);
    }
}
