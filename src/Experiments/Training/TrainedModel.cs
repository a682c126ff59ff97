using System.IO.Compression;
using System.Text.Json;
using Microsoft.ML;

namespace EE569.Experiments.Training;

/// <summary>A fitted pipeline with the history of its training.</summary>
/// <param name="Context">The environment it was made in.</param>
/// <param name="Preparation">What makes the features of the columns.</param>
/// <param name="Scorer">The pipeline up to the scores.</param>
/// <param name="Pipeline">The scorer, for classes with their names in PredictedLabel.</param>
/// <param name="InputSchema">The columns that features are made of.</param>
/// <param name="History">Its epochs.</param>
/// <param name="Course">How the training went.</param>
internal sealed record TrainedModel(
    MLContext Context, TableFeaturizingTransformer Preparation, ITransformer Scorer, ITransformer Pipeline, DataViewSchema InputSchema, History History, TrainingCourse Course)
    : TrainingCourse(Course)
{
    /// <summary>The rows of the table that were not learnt from, in order; none where all were.</summary>
    public IReadOnlyList<int> SetAside { get; init; } = [];

    /// <summary>Writes the model for ML.NET and as ONNX, its history, and a page with the curves.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="data">What the page calls the data.</param>
    /// <param name="table">The data.</param>
    /// <returns>The files' paths, and what the user should know of them.</returns>
    public (IReadOnlyList<string> Files, IReadOnlyList<string> Notes) Save(string folder, string data, LabeledTable table)
    {
        string zip = Path.Combine(folder, "model.zip"), onnx = Path.Combine(folder, "model.onnx"), history = Path.Combine(folder, "history.csv");
        OutputFile.Write(zip, WriteZip);

        // What a binary trainer tells apart are true and false: the names of the classes are beside them, as those of a softmax's scores are.
        OutputFile.Guard(onnx, () => (Choice.IsBinary ? Scorer : Pipeline).SaveAsOnnx(onnx, metadata: Metadata(table)));
        OutputFile.WriteText(history, History.WriteCsv);
        string[] outputs = Choice.IsRegression ? ["Score"] : Choice.IsBinary ? ["Score", "Probability", "PredictedLabel"] : ["Score", "PredictedLabel"];
        return (
            [zip, onnx, history, .. new TrainingPage(this, data).Write(folder)],
            [.. outputs.Where(name => InputSchema.GetColumnOrNull(name) is not null).Select(name => $"the input '{name}' of model.onnx has a number behind its name, since an output is called so.")]);
    }

    /// <summary>Writes the model for ML.NET, which stamps the entries with the time: without it the same training gives the same file.</summary>
    private void WriteZip(Stream file)
    {
        using var model = new MemoryStream();
        Context.Model.Save(Pipeline, InputSchema, model);
        using (var archive = new ZipArchive(model, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // the first that a zip can say
            }
        }

        model.WriteTo(file);
    }

    /// <summary>What model.onnx tells of itself; lists are JSON.</summary>
    private Dictionary<string, string> Metadata(LabeledTable table) => new()
    {
        ["label"] = table.Label,
        ["classes"] = JsonSerializer.Serialize(table.Classes),
        ["columns"] = JsonSerializer.Serialize(Preparation.Columns.Where(ColumnReport.IsUsed).Select(column => new { name = column.Name, kind = $"{column.Kind}", treatment = column.Treatment })),
    };
}
