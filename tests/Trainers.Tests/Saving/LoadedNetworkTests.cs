using EE569.Engine.Activations;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Saving;

/// <summary>A network read from a model file becomes one of ours again.</summary>
[TestClass]
public class LoadedNetworkTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Activations => Enum.GetValues<Activation>().Select(activation => new object[] { activation });

    [TestMethod]
    [DynamicData(nameof(Activations))]
    public void Every_activation_survives_the_file(Activation activation)
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
    [DynamicData(nameof(TrainerCase.Networks), typeof(TrainerCase))]
    public void A_loaded_network_continues_its_training_and_is_saved_again(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var model = TrainerCase.Create(_ml, trainer).Fit(data);
        var pipeline = _ml.Transforms.CopyColumns("Copy", "Features").Append(TrainerCase.Create(_ml, trainer).Estimator).Fit(data);
        var loaded = FromLoaded(trainer, SaveAndLoad(pipeline, data));
        var fromMemory = TrainerCase.Create(_ml, trainer).Fit(data, previous: model);
        var fromFile = TrainerCase.Create(_ml, trainer).Fit(data, previous: loaded);
        CollectionAssert.AreEqual(TrainerCase.Scores(fromMemory.Transform(data)), TrainerCase.Scores(fromFile.Transform(data)));
        CollectionAssert.AreNotEqual(TrainerCase.Scores(model.Transform(data)), TrainerCase.Scores(fromFile.Transform(data)));
        var again = FromLoaded(trainer, SaveAndLoad(loaded, data));
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

    private static ITransformer FromLoaded(string trainer, ITransformer loaded) => trainer switch
    {
        TrainerCase.LogisticMlp => LogisticMlpTransformer.FromLoaded(loaded),
        TrainerCase.SoftmaxMlp => SoftmaxMlpTransformer.FromLoaded(loaded),
        _ => MlpRegressionTransformer.FromLoaded(loaded),
    };

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
