using System.Text.Json;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Onnx;

/// <summary>The files run in onnxruntime and give what our transformers give.</summary>
[TestClass]
public class OnnxExportTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Cases =>
        TrainerCase.All.SelectMany(trainer => new[] { true, false }.Select(normalizer => new object[] { trainer[0], normalizer }));

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Onnxruntime_gives_our_scores(string trainer, bool includeNormalizer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var chain = _ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(TrainerCase.Create(_ml, trainer).Estimator).Fit(data);
        var normalized = ((IEnumerable<ITransformer>)chain).First().Transform(data);
        Compare(chain, includeNormalizer ? data : normalized, TrainerCase.Scores(chain.Transform(data)), includeNormalizer);
    }

    [TestMethod]
    [DataRow(Engine.Activation.Identity)]
    [DataRow(Engine.Activation.ReLU)]
    [DataRow(Engine.Activation.Sigmoid)]
    [DataRow(Engine.Activation.Tanh)]
    [DataRow(Engine.Activation.LeakyReLU)]
    [DataRow(Engine.Activation.SELU)]
    [DataRow(Engine.Activation.GELU)]
    public void Every_activation_is_exported(Engine.Activation activation)
    {
        var data = TrainerCase.Data(_ml, TrainerCase.Regression);
        var model = TrainerCase.Create(_ml, TrainerCase.Regression, options =>
        {
            ((NetworkTrainerOptions)options).HiddenLayers = [8, 5];
            ((NetworkTrainerOptions)options).Activation = activation;
        }).Fit(data);
        Compare(model, data, TrainerCase.Scores(model.Transform(data)), includeNormalizer: true);
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

    [TestMethod]
    public void A_normalizer_that_is_not_affine_cannot_be_folded_in()
    {
        using var folder = new TemporaryFolder();
        var data = TrainerCase.Data(_ml, TrainerCase.Regression);
        var chain = _ml.Transforms.NormalizeLogMeanVariance("Features").Append(TrainerCase.Create(_ml, TrainerCase.Regression).Estimator).Fit(data);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => chain.SaveAsOnnx(folder.File("model.onnx")));
        StringAssert.Contains(error.Message, "includeNormalizer: false");
        chain.SaveAsOnnx(folder.File("model.onnx"), includeNormalizer: false);
    }

    private static void Compare(ITransformer model, IDataView features, float[] expected, bool includeNormalizer)
    {
        if (OnnxRuntime.Missing is { } reason)
        {
            Assert.Inconclusive(reason);
        }

        using var folder = new TemporaryFolder();
        model.SaveAsOnnx(folder.File("model.onnx"), includeNormalizer);
        float[][] rows = [.. features.GetColumn<float[]>("Features")];
        File.WriteAllText(folder.File("rows.json"), JsonSerializer.Serialize(rows));
        var outputs = OnnxRuntime.Run(folder.File("model.onnx"), folder.File("rows.json"));
        Assert.HasCount(expected.Length, outputs["Score"]);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], outputs["Score"][i], 1e-5 * Math.Max(1, Math.Abs(expected[i])));
        }

        CheckLabels(outputs, expected, rows.Length);
    }

    /// <summary>The other outputs follow from the scores.</summary>
    private static void CheckLabels(Dictionary<string, double[]> outputs, float[] scores, int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            if (outputs.TryGetValue("Probability", out var probability))
            {
                Assert.AreEqual(1 / (1 + Math.Exp(-scores[i])), probability[i], 1e-5);
                Assert.AreEqual(scores[i] > 0 ? 1 : 0, outputs["PredictedLabel"][i]);
            }
            else if (outputs.TryGetValue("PredictedLabel", out var label))
            {
                var row = scores.AsSpan(i * (scores.Length / rows), scores.Length / rows);
                Assert.AreEqual(row.IndexOf(System.Numerics.Tensors.TensorPrimitives.Max(row)), label[i]);
            }
        }
    }
}
