using System.IO.Compression;
using Microsoft.ML;

namespace EE569.Experiments.Training;

/// <summary>A fitted pipeline with the history of its training.</summary>
/// <param name="Context">The environment it was made in.</param>
/// <param name="Preparation">What makes the features of the columns.</param>
/// <param name="Scorer">The pipeline up to the scores.</param>
/// <param name="Pipeline">The scorer, for classes with their names in PredictedLabel.</param>
/// <param name="InputSchema">The columns that features are made of.</param>
/// <param name="Choice">What it was trained with, the learning rate of the sweep included.</param>
/// <param name="Epochs">Its history.</param>
/// <param name="StopReason">Why it ended.</param>
/// <param name="Warnings">What the trainer warned of.</param>
/// <param name="Sweep">The sweep of the learning rate before the training, or null.</param>
internal sealed record TrainedModel(
    MLContext Context, TableFeaturizingTransformer Preparation, ITransformer Scorer, ITransformer Pipeline, DataViewSchema InputSchema, TrainerChoice Choice,
    History Epochs, StopReason StopReason, IReadOnlyList<string> Warnings, LearningRateSweep? Sweep)
{
    /// <summary>The epoch of each network whose weights the model has: the best on the validation rows where those decide when to stop, else the last; of a network without a finite loss none.</summary>
    public IReadOnlyList<EpochRecord> Kept => [.. Epochs.Where(epoch => double.IsFinite(LossOf(epoch))).GroupBy(epoch => epoch.Network).Select(epochs =>
        Choice.Options.EarlyStopping is not { RestoreBest: true } stopping ? epochs.Last()
        : stopping.Metric.IsHigherBetter() ? epochs.MaxBy(epoch => epoch.ValidationScore)! : epochs.MinBy(epoch => epoch.ValidationScore)!)];

    /// <summary>Which epoch's weights the model has, in words: "that of epoch 9".</summary>
    public string KeptInWords => Kept is [var only] ? $"that of epoch {only.Epoch}" : $"the mean of {Kept.Count} networks as of epochs {string.Join(", ", Kept.Select(epoch => epoch.Epoch))}";

    /// <summary>Why the training ended, to stand in brackets.</summary>
    public string Reason => StopReason switch
    {
        StopReason.MaximumEpochs => "all that were asked for",
        StopReason.Converged => "the training loss no longer falls",
        StopReason.EarlyStopping => $"no better on the validation rows for {Choice.Options.EarlyStopping!.Patience} epochs",
        StopReason.Cancelled => "stopped",
        StopReason.TimeLimit => "the time was over",
        _ => "diverged: the loss or a weight left the finite numbers, or the loss stays absurdly high",
    };

    /// <summary>The loss on the validation rows, or on the training rows where there are none.</summary>
    public static double LossOf(EpochRecord epoch) => epoch.ValidationLoss ?? epoch.TrainLoss;

    /// <summary>What <see cref="EpochRecord.TrainMetric"/> is.</summary>
    public string Metric => Choice.IsRegression ? "R2" : "accuracy";

    /// <summary>Writes the model for ML.NET and as ONNX, its history, and a page with the curves.</summary>
    /// <returns>The files' paths, and why there is no ONNX file, or null.</returns>
    public (IReadOnlyList<string> Files, string? Note) Save(string folder, string data)
    {
        string zip = Path.Combine(folder, "model.zip"), onnx = Path.Combine(folder, "model.onnx"), history = Path.Combine(folder, "history.csv");
        OutputFile.Write(zip, WriteZip);
        string? note = WriteOnnx(onnx);
        OutputFile.WriteText(history, Epochs.WriteCsv);
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
