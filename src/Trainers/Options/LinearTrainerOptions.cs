using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace EE569.Trainers;

/// <summary>Options of the linear classifiers.</summary>
public abstract class LinearTrainerOptions : TrainerOptions, IClassifierOptions
{
    private static readonly Schedule Decay = Schedules.Cosine();

    private protected LinearTrainerOptions() => (BatchSize, NumberOfEpochs, LearningRate, LearningRateSchedule, L2Regularization, ConvergenceTolerance) =
        (null, null, Defaults.LinearLearningRate, Decay, null, null);

    /// <summary>
    /// λ of the penalty λ Σ |w| on the weights, applied as a proximal step. Default 0. Exact zeros come with <see cref="Engine.Optimizers.SGD{T}"/>; steps that
    /// adapt to each weight, such as Adam's, are longer than the shrinkage and undo it.
    /// </summary>
    [JsonPropertyName("l1")]
    public double L1Regularization { get; set; }

    /// <summary>How much the examples of each class count. Default <see cref="ClassWeighting.None"/>.</summary>
    [Required]
    public ClassWeighting ClassWeights { get; set; } = ClassWeighting.None;

    /// <summary>ε of the smoothed target (1 - ε) y + ε / k, for k classes. 0 (the default) trains on the labels as they are.</summary>
    public double LabelSmoothing { get; set; }

    /// <summary>Passes over so many rows.</summary>
    internal int EpochsFor(long rows)
    {
        var form = new LinearForm(0);
        return NumberOfEpochs ?? form.NumberOfEpochs(rows, BatchSize ?? form.BatchSize(rows));
    }

    internal override Schedule ChunkSchedule => ReferenceEquals(LearningRateSchedule, Decay) ? (step, _) => 1 / Math.Sqrt(1 + (step / 100.0)) : LearningRateSchedule;

    internal override TrainingOptions<float> ToEngine(ulong seed) => base.ToEngine(seed) with { L1Regularization = L1Regularization };
}
