namespace EE569.Trainers;

/// <summary>What the networks for raw tables share: they prepare features and label themselves and stop early.</summary>
public abstract class TabularTrainerOptions : EnsembleTrainerOptions
{
    /// <summary>They read raw features and need no cache; validation data and a previous model are welcome.</summary>
    internal static readonly TrainerInfo Info = MLNetInternals.Info(normalization: false, calibration: false, caching: false, supportValid: true, supportIncrementalTrain: true, supportTest: false);

    private protected TabularTrainerOptions()
    {
        (BatchSize, L2Regularization, ConvergenceTolerance, ValidationFraction) = (null, 0, null, 0.2);
    }

    /// <summary>The width of each hidden layer, from the features to the output. Default 256, 256 (TabM) or 256, 256, 256 (RealMLP).</summary>
    public IReadOnlyList<int> HiddenLayers { get; set; } = [256, 256];

    /// <summary>The probability that training drops a hidden unit in a step; scoring drops none. Default 0.1 (TabM) or 0.15 (RealMLP).</summary>
    public double Dropout { get; set; }

    /// <summary>By which the epoch is chosen: of the mean prediction of all members.</summary>
    private protected EarlyStoppingMetric DefaultMetric => this is IClassifierOptions ? EarlyStoppingMetric.LogLoss : EarlyStoppingMetric.RootMeanSquaredError;

    private protected override TrainerOptions Copy()
    {
        var copy = (TabularTrainerOptions)base.Copy();
        copy.HiddenLayers = HiddenLayers?.ToArray()!;
        return copy;
    }
}
