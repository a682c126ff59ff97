using System.IO.Compression;
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
    /// <returns>The files' paths, and why there is no ONNX file, or null.</returns>
    public (IReadOnlyList<string> Files, string? Note) Save(string folder, string data)
    {
        string zip = Path.Combine(folder, "model.zip"), onnx = Path.Combine(folder, "model.onnx"), history = Path.Combine(folder, "history.csv");
        OutputFile.Write(zip, WriteZip);
        string? note = WriteOnnx(onnx);
        OutputFile.WriteText(history, History.WriteCsv);
        return ([zip, .. note is null ? [onnx] : Array.Empty<string>(), history, .. new TrainingPage(this, data).Write(folder)], note);
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

    /// <summary>Writes the model from the raw columns on, with the classes' names where the trainer has a score a class; or says why that cannot be.</summary>
    private string? WriteOnnx(string path)
    {
        string[] texts = [.. Preparation.Columns.Where(column => column.Kind == TableColumnKind.Text).Select(column => $"'{column.Name}'")];
        string why = $"free text has no form in ONNX. --ignore {string.Join(' ', texts)} gives one without";
        if (texts.Length == 0)
        {
            try
            {
                OutputFile.Guard(path, () => (Choice.IsBinary ? Scorer : Pipeline).SaveAsOnnx(path));
                return null;
            }
            catch (InvalidOperationException exception)
            {
                why = exception.Message;
            }
        }

        // That of a training before is no form of this model.
        OutputFile.Guard(path, () => File.Delete(path));
        return $"there is no model.onnx: {why}{(why.EndsWith('.') ? "" : ".")}";
    }
}
