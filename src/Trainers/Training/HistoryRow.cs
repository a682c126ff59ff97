namespace EE569.Trainers;

/// <summary>An epoch in the data view of a history.</summary>
public sealed class HistoryRow
{
    /// <summary>An empty row, for <c>CreateEnumerable</c> to fill.</summary>
    public HistoryRow()
    {
    }

    internal HistoryRow(EpochRecord record)
    {
        Epoch = record.Epoch;
        TrainLoss = record.TrainLoss;
        TrainMetric = record.TrainMetric;
        ValidationLoss = record.ValidationLoss ?? double.NaN;
        ValidationMetric = record.ValidationMetric ?? double.NaN;
        LearningRate = record.LearningRate;
        GradientNorm = record.GradientNorm;
        Seconds = record.Seconds;
        Bytes = record.Bytes;
        ValidationScore = record.ValidationScore ?? double.NaN;
        Network = record.Network;
    }

    /// <summary>The number of the epoch, from 1.</summary>
    public int Epoch { get; set; }

    /// <summary>The mean training loss over the epoch's batches, each before its step.</summary>
    public double TrainLoss { get; set; }

    /// <summary>Accuracy, or R² for regression, over the epoch's batches.</summary>
    public double TrainMetric { get; set; }

    /// <summary>The loss on the validation data after the epoch.</summary>
    public double ValidationLoss { get; set; }

    /// <summary>Accuracy, or R² for regression, on the validation data after the epoch.</summary>
    public double ValidationMetric { get; set; }

    /// <summary>The step size at the end of the epoch.</summary>
    public double LearningRate { get; set; }

    /// <summary>The norm of the gradient.</summary>
    public double GradientNorm { get; set; }

    /// <summary>The duration of the epoch.</summary>
    public double Seconds { get; set; }

    /// <summary>What the training holds in memory beside the data.</summary>
    public long Bytes { get; set; }

    /// <summary>The figure of <see cref="EarlyStopping.Metric"/> on the validation data after the epoch.</summary>
    public double ValidationScore { get; set; }

    /// <summary>Which network of several was trained, from 1.</summary>
    public int Network { get; set; }
}
