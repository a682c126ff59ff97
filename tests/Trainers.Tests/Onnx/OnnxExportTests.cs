using EE569.Engine.Activations;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Onnx;

/// <summary>The files run in ONNX Runtime and give what the models give.</summary>
[TestClass]
public class OnnxExportTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Cases =>
        TrainerCase.All.SelectMany(trainer => new[] { true, false }.Select(normalizer => new object[] { trainer[0], normalizer }));

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void ONNX_Runtime_gives_our_scores(string trainer, bool includeNormalizer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var chain = _ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(TrainerCase.Create(_ml, trainer).Estimator).Fit(data);
        var scored = chain.Transform(data);
        using var file = OnnxFile.Of(chain, includeNormalizer);
        Assert.AreEqual("Features", file.Input);
        OnnxCompare.AreEqual(file, [.. (includeNormalizer ? data : scored).GetColumn<float[]>("Features")], scored);
    }

    [TestMethod]
    [DataRow(Activation.Identity)]
    [DataRow(Activation.ReLU)]
    [DataRow(Activation.Sigmoid)]
    [DataRow(Activation.Tanh)]
    [DataRow(Activation.LeakyReLU)]
    [DataRow(Activation.SELU)]
    [DataRow(Activation.GELU)]
    [DataRow(Activation.Mish)]
    public void Every_activation_is_exported(Activation activation)
    {
        var data = TrainerCase.Data(_ml, TrainerCase.Regression);
        var model = TrainerCase.Create(_ml, TrainerCase.Regression, options =>
        {
            ((NetworkTrainerOptions)options).HiddenLayers = [8, 5];
            ((NetworkTrainerOptions)options).Activation = activation;
        }).Fit(data);
        using var file = OnnxFile.Of(model);
        OnnxCompare.AreEqual(file, [.. data.GetColumn<float[]>("Features")], model.Transform(data));
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_loaded_model_is_exported_as_the_fitted_one(string trainer)
    {
        using var folder = new TemporaryFolder();
        var data = TrainerCase.Data(_ml, trainer);
        var model = _ml.Transforms.NormalizeMeanVariance("Features").Append(TrainerCase.Create(_ml, trainer).Estimator).Fit(data);
        _ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        model.SaveAsOnnx(folder.File("fitted.onnx"));
        _ml.Model.Load(folder.File("model.zip"), out _).SaveAsOnnx(folder.File("loaded.onnx"));
        CollectionAssert.AreEqual(File.ReadAllBytes(folder.File("fitted.onnx")), File.ReadAllBytes(folder.File("loaded.onnx")));
    }

    [TestMethod]
    public void A_column_may_have_the_name_of_a_value_inside_the_graph()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.LogisticMlp);
        var chain = _ml.Transforms.NormalizeMeanVariance("W1", "Features")
            .Append(_ml.BinaryClassification.Trainers.LogisticMlp(featureColumnName: "W1", hiddenLayers: [3], numberOfEpochs: 2))
            .Append(_ml.Transforms.CopyColumns("b1", "Score"))
            .Append(_ml.Transforms.CopyColumns("Score", "Probability"))
            .Append(_ml.Transforms.DropColumns("PredictedLabel"))
            .Fit(data);
        using var file = OnnxFile.Of(chain);
        Assert.AreEqual("Features", file.Input);
        CollectionAssert.AreEquivalent(new[] { "Score", "Probability", "b1" }, file.Outputs.ToArray());
        OnnxCompare.AreEqual(file, [.. data.GetColumn<float[]>("Features")], chain.Transform(data));
        using var alone = OnnxFile.Of(chain, includeNormalizer: false);
        Assert.AreEqual("W1", alone.Input);
    }

    [TestMethod]
    public void A_feature_column_with_the_name_of_an_output_gets_a_number()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.Regression);
        var renamed = _ml.Transforms.CopyColumns("Score", "Features").Append(_ml.Transforms.DropColumns("Features")).Fit(data).Transform(data);
        var model = _ml.Regression.Trainers.MlpRegression(featureColumnName: "Score", hiddenLayers: [3], numberOfEpochs: 2).Fit(renamed);
        using var file = OnnxFile.Of(model);
        Assert.AreEqual("Score 2", file.Input);
        OnnxCompare.AreEqual(file, [.. renamed.GetColumn<float[]>("Score")], model.Transform(renamed));
    }

    [TestMethod]
    public void A_model_of_other_transformers_is_refused_and_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        var copy = _ml.Transforms.CopyColumns("Copy", "Features").Fit(TrainerCase.Data(_ml, TrainerCase.Logistic));
        Assert.ThrowsExactly<ArgumentException>(() => copy.SaveAsOnnx(folder.File("model.onnx")));
        Assert.IsEmpty(Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void A_file_that_cannot_be_written_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var model = TrainerCase.Create(_ml, TrainerCase.Regression).Fit(TrainerCase.Data(_ml, TrainerCase.Regression));
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => model.SaveAsOnnx(folder.File(Path.Combine("missing", "model.onnx"))));
        Directory.CreateDirectory(folder.File("taken"));
        Assert.Throws<SystemException>(() => model.SaveAsOnnx(folder.File("taken")));
        Assert.IsEmpty(Directory.GetFiles(folder.Path));
    }
}
