namespace EE569.Engine.Training;

/// <summary>A figure by which epochs are chosen, summed over the batches of an evaluation.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal abstract class ValidationScore<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What sums up a figure; null for those that every evaluation has.</summary>
    /// <param name="metric">The figure.</param>
    /// <param name="loss">The loss, whose output function makes predictions.</param>
    /// <exception cref="ArgumentException">It is no figure of such predictions.</exception>
    public static ValidationScore<T>? Of(EarlyStoppingMetric metric, Loss<T> loss)
    {
        if (metric.IsOfClasses() is { } isOfClasses && isOfClasses != loss.ClassCount > 0)
        {
            throw new ArgumentException($"EarlyStopping.{nameof(EarlyStopping.Metric)} {metric} is a figure of {(isOfClasses ? "classes" : "values")}; the network predicts {(isOfClasses ? "values" : "classes")}.");
        }

        return metric switch
        {
            EarlyStoppingMetric.LogLoss => new LogLossScore<T>(loss.ClassWeights),
            EarlyStoppingMetric.AreaUnderRocCurve => new RankingScore<T>(loss.ClassCount),
            EarlyStoppingMetric.F1Score => new F1Score<T>(loss.ClassCount),
            EarlyStoppingMetric.RootMeanSquaredError or EarlyStoppingMetric.MeanAbsoluteError => new ErrorScore<T>(metric == EarlyStoppingMetric.RootMeanSquaredError),
            _ => null,
        };
    }

    /// <summary>The figure; not a number where the rows do not define it.</summary>
    public abstract double Value { get; }

    /// <summary>Starts anew.</summary>
    public abstract void Reset();

    /// <summary>Adds the last batch of a loss.</summary>
    public void Add(Loss<T> loss)
    {
        Targets<T> targets = loss.Targets!;
        if (targets.Values is not null && loss.ClassCount > 0)
        {
            throw new ArgumentException("EarlyStopping.Metric judges by class labels; the validation targets are probabilities.");
        }

        Matrix<T> predictions = loss.PredictBatch();
        for (int row = 0; row < targets.Rows; row++)
        {
            Add(targets, row, targets.Weight(row), predictions.Row(row));
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="targets">The batch's targets.</param>
    /// <param name="row">The row.</param>
    /// <param name="weight">Its example weight.</param>
    /// <param name="prediction">Its probabilities (of the second class where there are two and one output) or values.</param>
    private protected abstract void Add(Targets<T> targets, int row, double weight, ReadOnlySpan<T> prediction);

    /// <summary>The likeliest class.</summary>
    private protected static int ClassOf(ReadOnlySpan<T> prediction) =>
        prediction.Length > 1 ? TensorPrimitives.IndexOfMax(prediction) : double.CreateTruncating(prediction[0]) > 0.5 ? 1 : 0;

    /// <summary>The probability of a class.</summary>
    private protected static double ProbabilityOf(int label, ReadOnlySpan<T> prediction) =>
        prediction.Length > 1 ? double.CreateTruncating(prediction[label]) : label == 1 ? double.CreateTruncating(prediction[0]) : 1 - double.CreateTruncating(prediction[0]);
}
