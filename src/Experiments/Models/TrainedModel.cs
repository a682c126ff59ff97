using EE569.Engine.Training;
using EE569.Experiments.Results;
using Microsoft.ML;

namespace EE569.Experiments.Models;

/// <summary>A fitted pipeline with the history of its training.</summary>
/// <param name="Context">The environment it was made in.</param>
/// <param name="Scorer">The pipeline up to the scores.</param>
/// <param name="Pipeline">The scorer with class names in PredictedLabel.</param>
/// <param name="InputSchema">The feature columns it reads.</param>
/// <param name="Epochs">The epochs of its training.</param>
internal sealed record TrainedModel(MLContext Context, ITransformer Scorer, ITransformer Pipeline, DataViewSchema InputSchema, IReadOnlyList<EpochRecord> Epochs)
{
    /// <summary>Loss and metric of each epoch.</summary>
    public Table History()
    {
        var table = new Table(
            "history", "epoch", new("train loss", "F4"), new("train accuracy", "P2"), new("validation loss", "F4"), new("validation accuracy", "P2"), new("learning rate", "G3"), new("seconds", "G3"));
        foreach (EpochRecord epoch in Epochs)
        {
            table.Add(epoch.Epoch, epoch.TrainLoss, epoch.TrainMetric, epoch.ValidationLoss, epoch.ValidationMetric, epoch.LearningRate, epoch.Seconds);
        }

        return table;
    }

    /// <summary>Writes model.zip, model.onnx and history.csv; returns their paths.</summary>
    public IReadOnlyList<string> Save(string folder)
    {
        string zip = Path.Combine(folder, "model.zip"), onnx = Path.Combine(folder, "model.onnx"), history = Path.Combine(folder, "history.csv");
        AtomicFile.Write(zip, stream => Context.Model.Save(Pipeline, InputSchema, stream));
        Scorer.SaveAsOnnx(onnx);
        AtomicFile.WriteText(history, History().WriteCsv);
        return [zip, onnx, history];
    }
}
