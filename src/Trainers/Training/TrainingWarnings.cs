using System.Globalization;
using System.Text;

namespace EE569.Trainers.Training;

/// <summary>What the user should know about a training, each with what to do about it.</summary>
internal static class TrainingWarnings
{
    public static void BeforeTraining(IChannel channel, TrainingData data, TrainerOptions options, bool hasTooFew)
    {
        if (hasTooFew)
        {
            Warn(channel, Text($"{data.Rows} rows are too few to set {Defaults.ValidationFraction:P0} of them aside for {nameof(options.EarlyStopping)}: all train, and {nameof(options.ConvergenceTolerance)} ends the training. ")
                + $"Set {nameof(options.ValidationFraction)}, or give validation data to Fit.");
        }

        SkippedRows(channel, data.Skipped, "training");
        if (data.Examples.Failure is { } failure)
        {
            Warn(channel, $"The {data.Rows} rows are more than {nameof(TrainerOptions.MaximumRowsInMemory)} and could not be copied to '{Path.GetTempPath()}' ({failure}): "
                + "every epoch reads the data again, which is slower. Make room there, or let TMPDIR (TEMP on Windows) name another folder.");
        }

        if (data.Preparation is null && ScaleProblem(data, options) is { } problem)
        {
            Warn(channel, problem);
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

    /// <summary>Tells that the classes of a model and of the data could not be compared.</summary>
    public static void UnnamedClasses(IChannel channel, TrainingColumns columns, PreviousModel? initial)
    {
        if (columns.ClassNames is not null && initial is { ClassNames: null })
        {
            Warn(channel, $"The previous model does not name its classes: they are taken to be those of column '{columns.Label.Name}' in their order. "
                + "Prepare the data with the transformers that the model was fitted behind.");
        }
    }

    public static void AfterTraining(IChannel channel, IReadOnlyList<TrainingResult<float>> results, TrainerOptions options, EarlyStopping? stopping)
    {
        foreach (string warning in results.Select(result => After(result, options, stopping)).OfType<string>().Distinct())
        {
            Warn(channel, warning);
        }
    }

    private static string? After(TrainingResult<float> result, TrainerOptions options, EarlyStopping? stopping) => result.StopReason switch
    {
        StopReason.Diverged when result.History.Count > 0 => $"{Divergence(result.History, options)} The weights of epoch {(stopping is { RestoreBest: true } ? result.BestEpoch : result.History.Count)} are kept.",
        StopReason.Diverged => $"{Divergence(result.History, options)} The model that it started from is kept.",
        StopReason.MaximumEpochs when options.NumberOfEpochs is not null && (stopping is null ? IsStillImproving(result.History, options.ConvergenceTolerance) : result.BestEpoch > 0.9 * result.History.Count) =>
            $"Training stopped at {nameof(options.NumberOfEpochs)} ({options.NumberOfEpochs}) while the loss was still falling. "
            + $"Raise {nameof(options.NumberOfEpochs)} or {nameof(options.LearningRate)}{(Prepares(options) ? "" : ", or scale the features")}.",
        StopReason.Cancelled => $"Training was cancelled after {result.History.Count} epochs; the best model so far is kept.",
        StopReason.TimeLimit => Text($"{nameof(options.TimeLimit)} ({options.TimeLimit}) ended the training after {result.History.Count} epochs; the best model so far is kept."),
        _ => null,
    };

    /// <summary>That a training diverged, why, and what to do.</summary>
    public static string Divergence(History history, TrainerOptions options) => Text(
        $"Training diverged {(history.Count == 0 ? "in its first epoch" : $"after epoch {history.Count}")}: the loss or a weight is no longer finite, or the loss no longer falls from an absurd height. ")
        + (Prepares(options) ? "L" : options is NetworkTrainerOptions ? $"Leave {nameof(NetworkTrainerOptions.PrepareData)} at true, or l" : $"Scale the features (NormalizeMeanVariance(\"{options.FeatureColumnName}\", fixZero: false)), or l")
        + Text($"ower {nameof(options.LearningRate)} ({options.LearningRate}) ")
        + $"or set {nameof(options.GradientClipNorm)}.";

    private static bool Prepares(TrainerOptions options) => options is TabularTrainerOptions or NetworkTrainerOptions { PrepareData: true };

    public static void Epoch(IChannel channel, EpochProgress progress)
    {
        var record = progress.Record;
        string network = progress.NumberOfNetworks > 1 ? $"Network {record.Network} of {progress.NumberOfNetworks}: epoch" : "Epoch";
        string validation = record.ValidationLoss is { } loss ? Text($", validation loss {loss:G6}, validation metric {record.ValidationMetric:G6}") : "";
        Send(channel.Info, Text($"{network} {record.Epoch}: loss {record.TrainLoss:G6}, metric {record.TrainMetric:G6}{validation}, learning rate {record.LearningRate:G4}"));
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

    /// <summary>What is wrong with the scale of features or label, and the calls that mend it; null where nothing is.</summary>
    private static string? ScaleProblem(TrainingData data, TrainerOptions options)
    {
        var (scale, features, label) = (data.Scale, data.Columns.Features, data.Columns.Label);
        var problem = new StringBuilder();
        if (scale.OffsetSlot is { } slot)
        {
            var feature = scale.Slot(slot);
            problem.Append(Text($"{FeatureName(data, slot)} has mean {feature.Mean:G4} and deviation {feature.Deviation:G4}: gradient descent hardly tells it from the bias."));
        }
        else if (scale.IsTooLarge)
        {
            problem.Append(Text($"{FeatureName(data, scale.LargestSlot)} reaches {scale.Largest:G4}: gradient descent on unscaled features is slow or diverges."));
        }
        else if (scale.IsLabelTooLarge)
        {
            problem.Append(Text($"Label '{label.Name}' reaches {scale.LabelToStandardise!.Value.Largest:G4}, the features {scale.Largest:G4}: gradient descent needs many steps to get there."));
        }
        else
        {
            return null;
        }

        if (options is NetworkTrainerOptions)
        {
            return problem.Append(Text($" Leave {nameof(NetworkTrainerOptions.PrepareData)} at true.")).ToString();
        }

        if (scale.OffsetSlot is not null || scale.Largest > FeatureScale.Limit)
        {
            problem.Append(data.IsSparse
                ? " Scale its column with NormalizeMeanVariance(…, fixZero: false) before it is joined with the sparse ones."
                : $" Append NormalizeMeanVariance(\"{features.Name}\", fixZero: false) before the trainer.");
        }

        return problem.ToString();
    }

    private static string FeatureName(TrainingData data, int slot) =>
        $"Feature {(data.Columns.SlotNames is { } names ? $"'{names[slot]}'" : slot)} of column '{data.Columns.Features.Name}'";
}
