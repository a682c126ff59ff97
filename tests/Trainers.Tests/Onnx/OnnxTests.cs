using EE569.Engine;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Onnx;

/// <summary>The exported files give in onnxruntime what the models give here.</summary>
[TestClass]
public class OnnxTests
{
    private const double Tolerance = 1e-5;
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Every_trainer_s_model_gives_the_same_outputs(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        Compare(TrainerCase.Create(_ml, trainer).Fit(data), data);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void With_the_normalizer_folded_in_the_file_reads_raw_features(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var pipeline = _ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(TrainerCase.Create(_ml, trainer).Estimator);
        Compare(pipeline.Fit(data), data);
    }

    [TestMethod]
    public void Without_the_normalizer_the_file_reads_normalized_features()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.SoftmaxMlp);
        var normalizer = _ml.Transforms.NormalizeMinMax("Features").Fit(data);
        var normalized = normalizer.Transform(data);
        var trained = TrainerCase.Create(_ml, TrainerCase.SoftmaxMlp).Fit(normalized);
        var model = new TransformerChain<ITransformer>(normalizer, trained);
        using var folder = new TemporaryFolder();
        model.SaveAsOnnx(folder.File("bare.onnx"), includeNormalizer: false);
        Compare(folder.File("bare.onnx"), trained.Transform(normalized), [.. normalized.GetColumn<float[]>("Features")]);
    }

    [TestMethod]
    [DataRow(Activation.Identity)]
    [DataRow(Activation.Sigmoid)]
    [DataRow(Activation.Tanh)]
    [DataRow(Activation.ReLU)]
    [DataRow(Activation.LeakyReLU)]
    [DataRow(Activation.SELU)]
    [DataRow(Activation.GELU)]
    public void Every_activation_gives_the_same_outputs(Activation activation)
    {
        var data = TrainerCase.Data(_ml, TrainerCase.Regression);
        var trainer = TrainerCase.Create(_ml, TrainerCase.Regression, options =>
        {
            ((NetworkTrainerOptions)options).HiddenLayers = [8, 5];
            ((NetworkTrainerOptions)options).Activation = activation;
        });
        Compare(trainer.Fit(data), data);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_model_loaded_from_a_file_exports_the_same(string trainer)
    {
        using var folder = new TemporaryFolder();
        var data = TrainerCase.Data(_ml, trainer);
        _ml.Model.Save(TrainerCase.Create(_ml, trainer).Fit(data), data.Schema, folder.File("model.zip"));
        Compare(_ml.Model.Load(folder.File("model.zip"), out _), data);
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

    [TestMethod]
    public void A_model_without_a_predictor_of_ours_is_refused()
    {
        using var folder = new TemporaryFolder();
        var data = TrainerCase.Data(_ml, TrainerCase.Regression);
        var normalizer = _ml.Transforms.NormalizeMinMax("Features").Fit(data);
        Assert.ThrowsExactly<ArgumentException>(() => normalizer.SaveAsOnnx(folder.File("none.onnx")));
        Assert.IsFalse(File.Exists(folder.File("none.onnx")));
    }

    private static void Compare(ITransformer model, IDataView data)
    {
        using var folder = new TemporaryFolder();
        model.SaveAsOnnx(folder.File("model.onnx"));
        Compare(folder.File("model.onnx"), model.Transform(data), [.. data.GetColumn<float[]>("Features")]);
    }

    private static void Compare(string file, IDataView scored, float[][] features)
    {
        var outputs = OnnxRuntimeNode.Run(file, "Features", features);
        AreClose([.. TrainerCase.Scores(scored)], outputs["Score"]);
        if (scored.Schema.GetColumnOrNull("Probability") is not null)
        {
            AreClose([.. scored.GetColumn<float>("Probability")], outputs["Probability"]);
            CollectionAssert.AreEqual(scored.GetColumn<bool>("PredictedLabel").Select(label => label ? 1.0 : 0).ToArray(), outputs["PredictedLabel"]);
        }
        else if (scored.Schema.GetColumnOrNull("PredictedLabel") is not null)
        {
            // Keys count from 1, indices from 0.
            CollectionAssert.AreEqual(scored.GetColumn<uint>("PredictedLabel").Select(key => key - 1.0).ToArray(), outputs["PredictedLabel"]);
        }
    }

    private static void AreClose(float[] expected, double[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], Tolerance * Math.Max(1, Math.Abs(expected[i])), $"value {i}");
        }
    }
}
