using System.Globalization;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EE569.Experiments.Tests.Commands;

/// <summary>The model.onnx of <c>train</c>, fed with the cells of the file.</summary>
[TestClass]
public sealed class OnnxFileTests
{
    [TestMethod]
    [DataRow("kind", "softmax-mlp", "Probability ")]
    [DataRow("price", "mlp-regression", "Score")]
    public async Task It_takes_the_raw_columns_and_scores_as_predict_does(string label, string trainer, string scores)
    {
        using var folder = new TemporaryFolder();
        (float Size, string City, string Day, string Note)[] rows = [.. Enumerable.Range(0, 120).Select(i =>
            (i % 9 == 0 ? float.NaN : i * 37 % 50 / 4f, new[] { "Rome", "Oslo", "", "Wien" }[i % 4], new DateTime(2015, 1, 1).AddDays(i * 3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), i % 11 == 0 ? "" : $"{(i % 2 == 0 ? "Das" : "DAS")} schöne {(i % 3 == 0 ? "alte" : "NEUE!")} Haus; Nr. {i}"))];
        string file = folder.File("raw.csv", $"size,city,day,note,{label}\n" + string.Concat(rows.Select((row, i) => string.Create(
            CultureInfo.InvariantCulture, $"{(float.IsNaN(row.Size) ? "" : row.Size)},{row.City},{row.Day},{row.Note},{(label == "kind" ? $"{"abc"[i % 3]}" : $"{i % 7}.5")}\n"))));
        ProgramRun train = await ProgramRun.Of("train", "--data", file, "--label", label, "--trainer", trainer, "--epochs", "5", "--out", folder.Path);
        JsonElement[] predicted = [.. JsonDocument.Parse((await ProgramRun.Of("predict", "--model", Path.Combine(folder.Path, "model.zip"), "--data", file, "--json")).Output).RootElement.EnumerateArray()];

        Assert.AreEqual(0, train.ExitCode, train.Error);
        using var session = new InferenceSession(Path.Combine(folder.Path, "model.onnx"));
        int[] shape = [rows.Length, 1];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = session.Run(
        [
            NamedOnnxValue.CreateFromTensor("size", new DenseTensor<float>(rows.Select(row => row.Size).ToArray(), shape)),
            NamedOnnxValue.CreateFromTensor("city", new DenseTensor<string>(rows.Select(row => row.City).ToArray(), shape)),
            NamedOnnxValue.CreateFromTensor("day", new DenseTensor<string>(rows.Select(row => row.Day).ToArray(), shape)),
            NamedOnnxValue.CreateFromTensor("note", new DenseTensor<string>(rows.Select(row => row.Note).ToArray(), shape)),
        ]);
        float[] actual = [.. outputs.Single(output => output.Name == "Score").AsTensor<float>()];
        double[] expected = [.. predicted.SelectMany(row => row.EnumerateObject().Where(cell => cell.Name.StartsWith(scores, StringComparison.Ordinal)).Select(cell => cell.Value.GetDouble()))];
        Assert.HasCount(expected.Length, actual);
        foreach ((double wanted, float score) in expected.Zip(actual))
        {
            Assert.AreEqual(wanted, score, 1e-5);
        }

        Dictionary<string, string> metadata = session.ModelMetadata.CustomMetadataMap;
        Assert.AreEqual(label, metadata["label"]);
        Assert.AreEqual(label == "kind" ? """["a","b","c"]""" : "[]", metadata["classes"]);
        CollectionAssert.AreEqual(new[] { "size", "city", "day", "note" }, JsonDocument.Parse(metadata["columns"]).RootElement.EnumerateArray().Select(column => column.GetProperty("name").GetString()).ToArray());
        if (label == "kind")
        {
            CollectionAssert.AreEqual(
                predicted.Select(row => row.GetProperty("PredictedLabel").GetString()).ToArray(),
                outputs.Single(output => output.Name == "PredictedLabel").AsTensor<string>().ToArray());
        }
    }

    [TestMethod]
    public async Task A_column_that_has_the_name_of_an_output_gets_a_number()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("score.csv", "Score,label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 6},{(i % 6 < 3 ? "a" : "b")}\n")));
        ProgramRun run = await ProgramRun.Of("train", "--data", file, "--label", "label", "--epochs", "2", "--out", folder.Path);

        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.Contains("the input 'Score' of model.onnx has a number behind its name", run.Error);
        using var session = new InferenceSession(Path.Combine(folder.Path, "model.onnx"));
        Assert.AreEqual("Score 2", session.InputNames.Single());
        CollectionAssert.AreEquivalent(new[] { "Score", "PredictedLabel" }, session.OutputNames.ToArray());
    }
}
