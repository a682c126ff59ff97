using EE569.Trainers.Tests.Support;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Saving;

/// <summary>A network read from a model file becomes one of ours again.</summary>
[TestClass]
public class LoadedNetworkTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Activations => Enum.GetValues<Engine.Activation>().Select(activation => new object[] { activation });

    [TestMethod]
    [DynamicData(nameof(Activations))]
    public void Every_activation_survives_the_file(Engine.Activation activation)
    {
        var data = TrainerCase.Data(_ml, TrainerCase.SoftmaxMlp);
        var model = TrainerCase.Create(_ml, TrainerCase.SoftmaxMlp, options =>
        {
            ((NetworkTrainerOptions)options).Activation = activation;
            ((NetworkTrainerOptions)options).HiddenLayers = [7, 5];
        }).Fit(data);
        var loaded = SaveAndLoad(model, data);
        AreClose(TrainerCase.Scores(model.Transform(data)), TrainerCase.Scores(loaded.Transform(data)), 1e-6);
        var own = SoftmaxMlpTransformer.FromLoaded(loaded);
        Assert.AreEqual(activation, own.Model.Activation);
        CollectionAssert.AreEqual(TrainerCase.Scores(model.Transform(data)), TrainerCase.Scores(own.Transform(data)));
    }

    [TestMethod]
    public void A_loaded_network_continues_its_training_and_is_saved_again()
    {
        var data = _ml.Data.LoadFromEnumerable(TestData.Waves());
        var trainer = _ml.Regression.Trainers.MlpRegression(hiddenLayers: [8], numberOfEpochs: 5, learningRate: 0.01);
        var pipeline = _ml.Transforms.CopyColumns("Copy", "Features").Append(trainer);
        var model = pipeline.Fit(data);
        var loaded = MlpRegressionTransformer.FromLoaded(SaveAndLoad(model, data));
        var fromMemory = trainer.Fit(data, model.LastTransformer.Model);
        var fromFile = trainer.Fit(data, loaded.Model);
        CollectionAssert.AreEqual(TrainerCase.Scores(fromMemory.Transform(data)), TrainerCase.Scores(fromFile.Transform(data)));
        var again = MlpRegressionTransformer.FromLoaded(SaveAndLoad(loaded, data));
        CollectionAssert.AreEqual(TrainerCase.Scores(loaded.Transform(data)), TrainerCase.Scores(again.Transform(data)));
    }

    [TestMethod]
    public void A_loaded_logistic_network_has_its_schema_and_scores()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.LogisticMlp);
        var model = TrainerCase.Create(_ml, TrainerCase.LogisticMlp).Fit(data);
        var own = LogisticMlpTransformer.FromLoaded(SaveAndLoad(model, data));
        CollectionAssert.AreEqual(SchemaText.Of(model.GetOutputSchema(data.Schema)), SchemaText.Of(own.GetOutputSchema(data.Schema)));
        CollectionAssert.AreEqual(TrainerCase.Scores(model.Transform(data)), TrainerCase.Scores(own.Transform(data)));
        Assert.IsNull(own.TrainingHistory);
    }

    [TestMethod]
    public void A_model_without_such_a_network_is_refused()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.LogisticMlp);
        var binary = TrainerCase.Create(_ml, TrainerCase.LogisticMlp).Fit(data);
        Assert.ThrowsExactly<ArgumentException>(() => SoftmaxMlpTransformer.FromLoaded(SaveAndLoad(binary, data)));
        var copy = _ml.Transforms.CopyColumns("Copy", "Features").Fit(data);
        var error = Assert.ThrowsExactly<ArgumentException>(() => LogisticMlpTransformer.FromLoaded(copy));
        StringAssert.Contains(error.Message, "LogisticMlpTrainer");
    }

    private ITransformer SaveAndLoad(ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        return _ml.Model.Load(stream, out _);
    }

    private static void AreClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], tolerance);
        }
    }
}
