using System.Globalization;
using EE569.Engine.Training;
using EE569.Trainers.Data;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace EE569.Trainers.Training;

/// <summary>What the user should know about a training, each with what to do about it.</summary>
internal static class TrainingWarnings
{
    public static void BeforeTraining(IChannel channel, TrainingData data)
    {
        SkippedRows(channel, data.Skipped, "training");
        if (data.Examples.Failure is { } failure)
        {
            Warn(channel, $"The {data.Rows} rows are more than {nameof(TrainerOptions.MaximumRowsInMemory)} and could not be copied to '{Path.GetTempPath()}' ({failure}): "
                + "every epoch reads the data again, which is slower. Make room there, or let TMPDIR (TEMP on Windows) name another folder.");
        }

        if (data.Scale.Largest > FeatureScale.Limit)
        {
            Warn(channel, $"{FeatureName(data)} reaches {data.Scale.Largest:G4}: gradient descent on unscaled features is slow or diverges. "
                + $"Append NormalizeMeanVariance(\"{data.Columns.Features.Name}\") before the trainer.");
        }
    }

    public static void SkippedRows(IChannel channel, SkippedRows? skipped, string phase)
    {
        if (skipped?.Total > 0)
        {
            Warn(channel, $"Skipped {skipped.Total} instances with missing features/label/weight during {phase} ({skipped}). "
                + "Replace missing values (ReplaceMissingValues) or filter these rows to silence this warning.");
        }
    }

    public static void AfterTraining(IChannel channel, TrainingResult<float> result, TrainerOptions options)
    {
        string? warning = result.StopReason switch
        {
            StopReason.Diverged => "Training diverged: the loss or a weight is no longer finite. The last finite weights are kept. "
                + $"Scale the features, lower {nameof(options.LearningRate)} ({options.LearningRate}) or set {nameof(options.GradientClipNorm)}.",
            StopReason.MaximumEpochs when IsStillImproving(result.History, options.ConvergenceTolerance) =>
                $"Training stopped at {nameof(options.NumberOfEpochs)} ({options.NumberOfEpochs}) while the loss was still falling. "
                + $"Raise {nameof(options.NumberOfEpochs)} or {nameof(options.LearningRate)}, or scale the features.",
            StopReason.Cancelled => $"Training was cancelled after {result.History.Count} epochs; the best model so far is kept.",
            _ => null,
        };
        if (warning is not null)
        {
            Warn(channel, warning);
        }
    }

    public static void Epoch(IChannel channel, EpochRecord record)
    {
        string validation = record.ValidationLoss is { } loss ? Text($", validation loss {loss:G6}, validation metric {record.ValidationMetric:G6}") : "";
        Send(channel.Info, Text($"Epoch {record.Epoch}: loss {record.TrainLoss:G6}, metric {record.TrainMetric:G6}{validation}, learning rate {record.LearningRate:G4}"));
    }

    /// <summary>Sends a text as it is: braces in it are not placeholders.</summary>
    public static void Info(IChannel channel, string text) => Send(channel.Info, text);

    private static void Warn(IChannel channel, string text) => Send(channel.Warning, text);

    private static void Send(Action<MessageSensitivity, string, object[]> send, string text) => send(MessageSensitivity.Schema, "{0}", [text]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the last tenth of the epochs improved the training loss by more than 1 % and the tolerance.</summary>
    private static bool IsStillImproving(History history, double? tolerance)
    {
        int back = Math.Max(1, history.Count / 10);
        if (history.Count <= back)
        {
            return true;
        }

        double before = history[^(back + 1)].TrainLoss;
        double gain = before - history[^1].TrainLoss;
        return gain > Math.Max(0.01 * before, back * (tolerance ?? 0));
    }

    private static string FeatureName(TrainingData data)
    {
        var column = data.Columns.Features;
        if (!column.HasSlotNames())
        {
            return $"Feature {data.Scale.Slot} of column '{column.Name}'";
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return $"Feature '{names.GetItemOrDefault(data.Scale.Slot)}' of column '{column.Name}'";
    }
}
