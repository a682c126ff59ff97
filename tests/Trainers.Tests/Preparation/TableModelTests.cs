using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EE569.Trainers.Tests.Preparation;

/// <summary>Models from raw columns: saved, loaded where this library is absent, and as ONNX.</summary>
[TestClass]
public class TableModelTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Tasks => [["classes"], ["two classes"], ["numbers"]];

    [TestMethod]
    public void A_loaded_model_tells_what_was_decided_and_consists_of_MLNet_alone()
    {
        var data = Data(RawTable.Rows());
        var model = Pipeline("numbers").Fit(data);
        var loaded = Load(model, data);

        CollectionAssert.AreEqual(
            TableFeaturizingTransformer.FromLoaded(model).Columns.ToArray(), TableFeaturizingTransformer.FromLoaded(loaded).Columns.ToArray());
        Assert.IsTrue(Parts(loaded).All(part => part.GetType().Assembly.GetName().Name!.StartsWith("Microsoft.ML", StringComparison.Ordinal)));
        Assert.ThrowsExactly<ArgumentException>(() => TableFeaturizingTransformer.FromLoaded(_ml.Transforms.CopyColumns("A", "Age").Fit(data)));
    }

    [TestMethod]
    public void A_program_without_this_library_scores_raw_rows()
    {
        using var folder = new TemporaryFolder();
        var data = Data(RawTable.Rows());
        var model = Pipeline("numbers").Fit(data);
        _ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        var odd = Data(RawTable.Odd());
        using (var stream = File.Create(folder.File("rows.csv")))
        {
            _ml.Data.SaveAsText(odd, stream, separatorChar: ',', headerRow: true, schema: false);
        }

        string[] lines = ChildProcess.Succeed(folder.Path, "dotnet", ChildProcess.Built("LoadAndScore"), folder.File("model.zip"), folder.File("rows.csv"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        float[] expected = [.. model.Transform(odd).GetColumn<float>("Score")];
        Assert.HasCount(expected.Length, lines);
        foreach (var (score, line) in expected.Zip(lines))
        {
            Assert.IsTrue(float.IsFinite(score));
            Assert.AreEqual(score, float.Parse(line, CultureInfo.InvariantCulture), 1e-5 * Math.Max(1, Math.Abs(score)));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void An_ONNX_file_takes_the_raw_columns_and_gives_the_scores_of_the_model(string task)
    {
        var data = Data(RawTable.Rows());
        var model = Pipeline(task).Fit(data);
        foreach (var exported in new[] { model, Load(model, data) })
        {
            foreach (var rows in new[] { RawTable.Rows(40, seed: 3), RawTable.Odd(), WithoutText() })
            {
                AreEqual(exported, model.Transform(Data(rows)), rows);
            }
        }
    }

    [TestMethod]
    public void An_ONNX_file_carries_the_metadata_given()
    {
        using var folder = new TemporaryFolder();
        Pipeline("numbers").Fit(Data(RawTable.Rows())).SaveAsOnnx(folder.File("model.onnx"), metadata: new Dictionary<string, string> { ["label"] = "Größe" });

        using var session = new InferenceSession(folder.File("model.onnx"));
        Assert.AreEqual("Größe", session.ModelMetadata.CustomMetadataMap["label"]);
    }

    [TestMethod]
    public void ONNX_of_a_column_made_before_the_preparation_is_refused()
    {
        using var folder = new TemporaryFolder();
        var data = Data(RawTable.Rows(), nameof(RawTable.Comment));
        var model = _ml.Transforms.Expression("Age", "x => 2 * x", "Age").Append(Pipeline("numbers")).Fit(data);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => model.SaveAsOnnx(folder.File("model.onnx"))).Message, "'Age'");
    }

    private static RawTable[] WithoutText()
    {
        var rows = RawTable.Rows(3, seed: 4);
        (rows[0].Comment, rows[1].Comment, rows[2].Comment) = ("", " ?!", "");
        return rows;
    }

    private static IEnumerable<ITransformer> Parts(ITransformer model) => model is IEnumerable<ITransformer> parts ? parts.SelectMany(Parts) : [model];

    private static void AreEqual(ITransformer exported, IDataView scored, RawTable[] rows)
    {
        using var folder = new TemporaryFolder();
        exported.SaveAsOnnx(folder.File("model.onnx"));
        using var session = new InferenceSession(folder.File("model.onnx"));
        string[] unused = ["RowId", "Country", "Label", "Target", "Flag"];
        CollectionAssert.AreEquivalent(typeof(RawTable).GetProperties().Select(property => property.Name).Except(unused).ToArray(), session.InputNames.ToArray());
        using var results = session.Run([.. session.InputNames.Select(name => Input(name, rows))]);
        foreach (var result in results)
        {
            if (result.Name == "PredictedLabel" && result.ElementType == TensorElementType.String)
            {
                CollectionAssert.AreEqual(scored.GetColumn<ReadOnlyMemory<char>>("PredictedLabel").Select(text => text.ToString()).ToArray(), result.AsEnumerable<string>().ToArray());
            }
            else if (result.ElementType == TensorElementType.Float)
            {
                float[] expected = [.. scored.Schema[result.Name].Type is VectorDataViewType ? scored.GetColumn<float[]>(result.Name).SelectMany(row => row) : scored.GetColumn<float>(result.Name)];
                float[] actual = [.. result.AsEnumerable<float>()];
                Assert.HasCount(expected.Length, actual);
                foreach (var (x, y) in expected.Zip(actual))
                {
                    Assert.IsTrue(float.IsFinite(y));
                    Assert.AreEqual(x, y, 1e-5 * Math.Max(1, Math.Abs(x)));
                }
            }
        }
    }

    private static NamedOnnxValue Input(string name, RawTable[] rows)
    {
        object[] values = [.. rows.Select(row => typeof(RawTable).GetProperty(name)!.GetValue(row)!)];
        return values[0] is string or DateTime
            ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<string>(values.Select(value => value is DateTime date
                ? date == default ? "" : date.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : (string)value).ToArray(), [rows.Length, 1]))
            : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(values.Select(value => Convert.ToSingle(value, CultureInfo.InvariantCulture)).ToArray(), [rows.Length, 1]));
    }

    private IDataView Data(RawTable[] rows, params string[] without) => RawTable.View(_ml, rows, without);

    private IEstimator<ITransformer> Pipeline(string task)
    {
        var options = new TableFeaturizingEstimator.Options { LabelColumnName = nameof(RawTable.Label) };
        options.ColumnKinds.Add(nameof(RawTable.Target), TableColumnKind.Ignored);
        options.ColumnKinds.Add(nameof(RawTable.Flag), TableColumnKind.Ignored);
        var table = _ml.Transforms.FeaturizeTable(options);
        return task switch
        {
            "classes" => _ml.Transforms.Conversion.MapValueToKey("Class", nameof(RawTable.Label)).Append(table)
                .Append(_ml.MulticlassClassification.Trainers.SoftmaxMlp("Class", hiddenLayers: [8], numberOfEpochs: 3)).Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")),
            "two classes" => table.Append(_ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(nameof(RawTable.Flag), numberOfEpochs: 3)),
            _ => table.Append(_ml.Regression.Trainers.MlpRegression(nameof(RawTable.Target), hiddenLayers: [8], numberOfEpochs: 3)),
        };
    }

    private ITransformer Load(ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        return _ml.Model.Load(stream, out _);
    }
}
