using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Experiments.Training;

/// <summary>A fitted pipeline with the history of its training.</summary>
/// <param name="Context">The environment it was made in.</param>
/// <param name="Scorer">The pipeline up to the scores.</param>
/// <param name="Pipeline">The scorer, for classes with their names in PredictedLabel.</param>
/// <param name="InputSchema">The feature columns it reads.</param>
/// <param name="Choice">What it was trained with, the learning rate of the sweep included.</param>
/// <param name="Epochs">Its history.</param>
/// <param name="StopReason">Why it ended.</param>
/// <param name="Warnings">What the trainer warned of.</param>
/// <param name="Sweep">The sweep of the learning rate before the training, or null.</param>
internal sealed record TrainedModel(
    MLContext Context, ITransformer Scorer, ITransformer Pipeline, DataViewSchema InputSchema, TrainerChoice Choice,
    History Epochs, StopReason StopReason, IReadOnlyList<string> Warnings, LearningRateSweep? Sweep)
{
    /// <summary>The epoch whose weights the model has: the best on the validation rows where those decide when to stop, else the last; null when no loss is finite.</summary>
    public EpochRecord? Kept
    {
        get
        {
            IEnumerable<EpochRecord> finite = Epochs.Where(epoch => double.IsFinite(LossOf(epoch)));
            return Choice.Options.EarlyStopping is not { RestoreBest: true } stopping ? finite.LastOrDefault()
                : stopping.Metric == EarlyStoppingMetric.Loss ? finite.MinBy(LossOf) : finite.MaxBy(epoch => epoch.ValidationMetric);
        }
    }

    /// <summary>Why the training ended, to stand in brackets.</summary>
    public string Reason => StopReason switch
    {
        StopReason.MaximumEpochs => "all that were asked for",
        StopReason.Converged => "the training loss no longer falls",
        StopReason.EarlyStopping => $"no better on the validation rows for {Choice.Options.EarlyStopping!.Patience} epochs",
        StopReason.Cancelled => "stopped",
        _ => "diverged: the loss or a weight left the finite numbers, or the loss stays absurdly high",
    };

    /// <summary>The loss on the validation rows, or on the training rows where there are none.</summary>
    public static double LossOf(EpochRecord epoch) => epoch.ValidationLoss ?? epoch.TrainLoss;

    /// <summary>What <see cref="EpochRecord.TrainMetric"/> is.</summary>
    public string Metric => Choice.IsRegression ? "R2" : "accuracy";

    /// <summary>The scorer from the vector on that joins the features: what an ONNX file can hold whatever prepares the columns.</summary>
    private TransformerChain<ITransformer> Network =>
        new([.. ((IEnumerable<ITransformer>)Scorer).SelectMany(part => part as IEnumerable<ITransformer> ?? [part]).SkipWhile(part => part is not ColumnConcatenatingTransformer)]);

    /// <summary>Writes the model for ML.NET and as ONNX, its history, and a page with the curves; returns the files' paths.</summary>
    public IReadOnlyList<string> Save(string folder, string data)
    {
        string zip = Path.Combine(folder, "model.zip"), onnx = Path.Combine(folder, "model.onnx"), history = Path.Combine(folder, "history.csv");
        OutputFile.Write(zip, stream => Context.Model.Save(Pipeline, InputSchema, stream));
        OutputFile.Guard(onnx, () => Network.SaveAsOnnx(onnx));
        OutputFile.WriteText(history, Epochs.WriteCsv);
        return [zip, onnx, history, .. new TrainingPage(this, data).Write(folder)];
    }
}
