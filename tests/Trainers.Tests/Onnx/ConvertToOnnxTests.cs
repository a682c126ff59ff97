using EE569.Engine.Activations;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EE569.Trainers.Tests.Onnx;

/// <summary>ML.NET's own export and import of ONNX files.</summary>
[TestClass]
public class ConvertToOnnxTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void ConvertToOnnx_writes_the_whole_pipeline(string trainer)
    {
        using var folder = new TemporaryFolder();
        var data = TrainerCase.Data(_ml, trainer);
        var chain = _ml.Transforms.NormalizeLpNorm("Unit", "Features").Append(_ml.Transforms.Concatenate("Features", "Features", "Unit"))
            .Append(TrainerCase.Create(_ml, trainer, options => (options as NetworkTrainerOptions)?.Activation = Activation.GELU).Estimator).Fit(data);
        using (var stream = File.Create(folder.File("model.onnx")))
        {
            _ml.Model.ConvertToOnnx(chain, data, stream);
        }

        var scored = chain.Transform(data);
        using var session = new InferenceSession(folder.File("model.onnx"));
        float[][] rows = [.. data.GetColumn<float[]>("Features")];
        var inputs = session.InputMetadata.Select(input => input.Key == "Features"
            ? NamedOnnxValue.CreateFromTensor(input.Key, new DenseTensor<float>(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]))
            : Unused(input, rows.Length)).ToList();
        using var results = session.Run(inputs);
        float[] scores = [.. results.Single(result => result.Name == "Score.output").AsEnumerable<float>()];
        float[] expected = TrainerCase.Scores(scored);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], scores[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])));
        }

        if (scored.Schema.GetColumnOrNull("PredictedLabel") is { Type: KeyDataViewType })
        {
            CollectionAssert.AreEqual(scored.GetColumn<uint>("PredictedLabel").ToArray(), results.Single(result => result.Name == "PredictedLabel.output").AsEnumerable<uint>().ToArray());
        }
        else if (scored.Schema.GetColumnOrNull("PredictedLabel") is not null)
        {
            CollectionAssert.AreEqual(scored.GetColumn<bool>("PredictedLabel").ToArray(), results.Single(result => result.Name == "PredictedLabel.output").AsEnumerable<bool>().ToArray());
            float[] probabilities = [.. results.Single(result => result.Name == "Probability.output").AsEnumerable<float>()];
            Assert.IsTrue(scored.GetColumn<float>("Probability").Zip(probabilities).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5));
        }
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.Networks), typeof(TrainerCase))]
    public void ConvertToOnnx_of_a_loaded_network_is_refused_and_of_FromLoaded_works(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        using var saved = new MemoryStream();
        _ml.Model.Save(TrainerCase.Create(_ml, trainer).Fit(data), data.Schema, saved);
        saved.Position = 0;
        var loaded = _ml.Model.Load(saved, out _);
        Assert.Throws<Exception>(() => _ml.Model.ConvertToOnnx(loaded, data, Stream.Null));
        ITransformer ours = trainer switch
        {
            TrainerCase.LogisticMlp => LogisticMlpTransformer.FromLoaded(loaded),
            TrainerCase.SoftmaxMlp => SoftmaxMlpTransformer.FromLoaded(loaded),
            _ => MlpRegressionTransformer.FromLoaded(loaded),
        };
        using var stream = new MemoryStream();
        _ml.Model.ConvertToOnnx(ours, data, stream);
        using var session = new InferenceSession(stream.ToArray());
        Assert.DoesNotContain("Score", session.InputNames);
        Assert.Contains("Score.output", session.OutputNames);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void ApplyOnnxModel_gives_the_columns_of_an_exported_file(string trainer)
    {
        using var folder = new TemporaryFolder();
        var data = TrainerCase.Data(_ml, trainer);
        var model = _ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(TrainerCase.Create(_ml, trainer).Estimator).Fit(data);
        model.SaveAsOnnx(folder.File("model.onnx"));
        var scored = model.Transform(data);
        var applied = _ml.Transforms.ApplyOnnxModel(folder.File("model.onnx")).Fit(data).Transform(data);
        float[] expected = TrainerCase.Scores(scored), scores = [.. applied.GetColumn<float[]>("Score").SelectMany(row => row)];
        Assert.HasCount(expected.Length, scores);
        Assert.IsTrue(expected.Zip(scores).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Max(1, Math.Abs(pair.First))));
        switch (scored.Schema.GetColumnOrNull("PredictedLabel")?.Type)
        {
            case KeyDataViewType:
                CollectionAssert.AreEqual(scored.GetColumn<uint>("PredictedLabel").Select(key => key - 1L).ToArray(), applied.GetColumn<long[]>("PredictedLabel").Select(row => row.Single()).ToArray());
                break;
            case BooleanDataViewType:
                CollectionAssert.AreEqual(scored.GetColumn<bool>("PredictedLabel").ToArray(), applied.GetColumn<bool[]>("PredictedLabel").Select(row => row.Single()).ToArray());
                break;
            default:
                Assert.IsNull(applied.Schema.GetColumnOrNull("PredictedLabel"));
                break;
        }
    }

    [TestMethod]
    public void ApplyOnnxModel_gives_the_names_of_the_classes()
    {
        using var folder = new TemporaryFolder();
        var data = _ml.Data.LoadFromEnumerable(TestData.Iris());
        var model = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(TrainerCase.Create(_ml, TrainerCase.SoftmaxMlp).Estimator).Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        model.SaveAsOnnx(folder.File("model.onnx"));
        var applied = _ml.Transforms.ApplyOnnxModel(folder.File("model.onnx")).Fit(data).Transform(data);
        CollectionAssert.AreEqual(
            model.Transform(data).GetColumn<string>("PredictedLabel").ToArray(), applied.GetColumn<ReadOnlyMemory<char>[]>("PredictedLabel").Select(row => row.Single().ToString()).ToArray());
    }

    /// <summary>ConvertToOnnx makes every column of the data an input, the label too.</summary>
    private static NamedOnnxValue Unused(KeyValuePair<string, NodeMetadata> input, int rows) => input.Value.ElementDataType switch
    {
        TensorElementType.Bool => NamedOnnxValue.CreateFromTensor(input.Key, new DenseTensor<bool>([rows, 1])),
        TensorElementType.UInt32 => NamedOnnxValue.CreateFromTensor(input.Key, new DenseTensor<uint>([rows, 1])),
        TensorElementType.String => NamedOnnxValue.CreateFromTensor(input.Key, new DenseTensor<string>(Enumerable.Repeat("setosa", rows).ToArray(), [rows, 1])),
        _ => NamedOnnxValue.CreateFromTensor(input.Key, new DenseTensor<float>([rows, 1])),
    };
}
