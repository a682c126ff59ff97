using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace EE569.Compat.Tests;

/// <summary>A function on objects is a transform; a named factory makes it part of a saved model.</summary>
[TestClass]
public sealed class CustomMappingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_function_computes_the_columns_of_the_output_class()
    {
        IDataView data = TransformData.Edge(_ml);
        IDataView output = _ml.Transforms.CustomMapping<Input, Output>((input, target) => target.Twice = 2 * input.P, contractName: null).Fit(data).Transform(data);
        CollectionAssert.AreEqual(new float[] { 2, 4, 8, 16, 32 }, output.GetColumn<float>("Twice").ToArray());
        Assert.AreEqual(data.Schema.Count + 1, output.Schema.Count);
    }

    [TestMethod]
    public void It_serves_a_prediction_engine()
    {
        IDataView data = TransformData.Edge(_ml);
        var model = _ml.Transforms.CustomMapping<Input, Output>((input, target) => target.Twice = 2 * input.P, contractName: null).Fit(data);
        using PredictionEngine<Input, Output> engine = _ml.Model.CreatePredictionEngine<Input, Output>(model);
        Assert.AreEqual(6f, engine.Predict(new() { P = 3 }).Twice);
        Assert.AreEqual(10f, engine.Predict(new() { P = 5 }).Twice);
    }

    [TestMethod]
    public void Without_a_contract_name_it_cannot_be_saved()
    {
        IDataView data = TransformData.Edge(_ml);
        var model = _ml.Transforms.CustomMapping<Input, Output>((input, target) => target.Twice = input.P, contractName: null).Fit(data);
        Assert.AreEqual("Empty contract name for a transform: the transform cannot be saved",
            Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Model.Save(model, data.Schema, new MemoryStream())).Message);
    }

    [TestMethod]
    public void With_a_registered_factory_it_is_saved_and_loaded()
    {
        IDataView data = TransformData.Edge(_ml);
        var factory = new Tripling();
        using MemoryStream file = new();
        _ml.Model.Save(_ml.Transforms.CustomMapping(factory.GetMapping(), Tripling.Contract).Fit(data), data.Schema, file);
        file.Position = 0;
        var other = new MLContext();
        other.ComponentCatalog.RegisterAssembly(typeof(Tripling).Assembly);
        CollectionAssert.AreEqual(new float[] { 3, 6, 12, 24, 48 }, other.Model.Load(file, out _).Transform(data).GetColumn<float>("Twice").ToArray());
    }

    [TestMethod]
    public void A_missing_input_column_is_named() =>
        Assert.AreEqual("Could not find  column 'Other' (Parameter 'Schema')", Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Transforms.CustomMapping<Unknown, Output>((_, _) => { }, contractName: null).Fit(TransformData.Edge(_ml))).Message);

    public sealed class Input
    {
        public float P { get; set; }
    }

    public sealed class Output
    {
        public float Twice { get; set; }
    }

    public sealed class Unknown
    {
        public float Other { get; set; }
    }

    [CustomMappingFactoryAttribute(Contract)]
    public sealed class Tripling : CustomMappingFactory<Input, Output>
    {
        public const string Contract = "tripling";

        public override Action<Input, Output> GetMapping() => (input, target) => target.Twice = 3 * input.P;
    }
}
