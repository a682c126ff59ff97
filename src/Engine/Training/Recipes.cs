namespace EE569.Engine.Training;

/// <summary>How the authors of an architecture train it.</summary>
public static class Recipes
{
    /// <summary>
    /// RealMLP: 256 epochs of AdamW with four bumps of the learning rate, decay and dropout constant for half of the training and then falling. With
    /// validation data the network ends with the weights of the best epoch. See <see cref="RealMlp"/>.
    /// </summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="network">The network to train.</param>
    /// <param name="rows">Number of training rows, which decides the batch size: 64 up to 1,024 rows, then 128 (to 8,192), 256 (30,000), 512 (100,000) and 1024.</param>
    /// <param name="hasValidation">Whether the training will have validation data.</param>
    public static TrainingOptions<T> For<T>(RealMlp network, long rows, bool hasValidation = true) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return new()
        {
            BatchSize = rows switch { <= 1_024 => 64, <= 8_192 => 128, <= 30_000 => 256, <= 100_000 => 512, _ => 1024 },
            NumberOfEpochs = 256,
            LearningRate = network.Loss == LossFunction.MeanSquaredError ? 0.2 : 0.04,
            Optimizer = new AdamW<T>(0.02, 0.9, 0.95),
            Schedule = Schedules.Schedules.CosineLog(4),
            DecaySchedule = Schedules.Schedules.FlatCosine(0.5),
            DropoutSchedule = Schedules.Schedules.FlatCosine(0.5),
            EarlyStopping = hasValidation ? new() { Patience = int.MaxValue, Metric = MetricOf(network.Loss) } : null,
            Seed = network.Seed,
        };
    }

    /// <summary>
    /// TabM: AdamW at a constant rate until the validation loss has not improved for 16 epochs, after which the network has the weights of the best one.
    /// Needs validation data. See <see cref="TabM"/>.
    /// </summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="network">The network to train.</param>
    /// <param name="rows">Number of training rows, which decides the batch size: 32 below 2,800 rows, then 64 (to 4,500), 128 (6,400), 256 (32,000) and 512.</param>
    public static TrainingOptions<T> For<T>(TabM network, long rows) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return new()
        {
            BatchSize = rows switch { < 2_800 => 32, < 4_500 => 64, < 6_400 => 128, < 32_000 => 256, _ => 512 },
            NumberOfEpochs = 1_000,
            LearningRate = 2e-3,
            Optimizer = new AdamW<T>(3e-4),
            GradientClipNorm = 1,
            EarlyStopping = new() { Patience = 16, Metric = MetricOf(network.Loss) },
            Seed = network.Seed,
        };
    }

    private static EarlyStoppingMetric MetricOf(LossFunction loss) => loss == LossFunction.MeanSquaredError ? EarlyStoppingMetric.RootMeanSquaredError : EarlyStoppingMetric.LogLoss;
}
