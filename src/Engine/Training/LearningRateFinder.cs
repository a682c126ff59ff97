using System.ComponentModel.DataAnnotations;

namespace EE569.Engine.Training;

/// <summary>
/// Trains a few steps with exponentially rising learning rates until the loss blows up, to find a good rate (Smith, 2017), on a
/// copy of the network.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed record LearningRateFinder<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Smoothing = 0.9;

    /// <summary>First rate, above 0. Default 1e-7.</summary>
    [Range(0, double.PositiveInfinity, MinimumIsExclusive = true)]
    public double Minimum { get; init; } = 1e-7;

    /// <summary>Last rate, above <see cref="Minimum"/>. Default 10.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double Maximum { get; init; } = 10;

    /// <summary>Number of steps, from 2. Default 100.</summary>
    [Range(2, int.MaxValue)]
    public int NumberOfSteps { get; init; } = 100;

    /// <summary>The sweep ends when the smoothed loss exceeds its minimum by this factor, above 1. Default 4.</summary>
    [Range(1, double.PositiveInfinity, MinimumIsExclusive = true)]
    public double StopFactor { get; init; } = 4;

    /// <summary>Makes a sweep.</summary>
    /// <param name="network">The network; its weights are the same afterwards.</param>
    /// <param name="data">The training data, repeated if it is too short.</param>
    /// <param name="options">Batch size, optimiser, penalties and seed of the training to come.</param>
    /// <exception cref="ArgumentException">An option is out of range, or network and data do not fit each other.</exception>
    public LearningRateSweep Find(Network<T> network, DataSource<T> data, TrainingOptions<T> options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Validate();
        Network<T> trial = network.Clone();
        TrainingChecks.Prepare(trial, data, options);
        bool isSparse = data.HasSparseBatches(trial);
        using BatchReader<T> reader = data.CreateReader(options.BatchSize, trial, isSparse);
        List<LearningRateLoss> points = Sweep(new StepRunner<T>(trial, options, isSparse), reader, options);
        return new LearningRateSweep(points, TenthOfLowest(points));
    }

    private List<LearningRateLoss> Sweep(StepRunner<T> steps, BatchReader<T> reader, TrainingOptions<T> options)
    {
        var points = new List<LearningRateLoss>();
        double mean = 0;
        double lowest = double.PositiveInfinity;
        steps.Start();
        ulong epoch = 0;
        reader.Cut = steps.Cut;
        reader.Start(Order(options, epoch));
        for (int i = 0; i < NumberOfSteps; i++)
        {
            if (!reader.MoveNext())
            {
                reader.Start(Order(options, ++epoch));
                reader.MoveNext();
            }

            steps.Compute(reader);
            double loss = steps.Figures.Loss;
            double rate = Minimum * Math.Pow(Maximum / Minimum, i / (NumberOfSteps - 1.0));
            mean = Smoothing * mean + (1 - Smoothing) * loss;
            double smoothed = mean / (1 - Math.Pow(Smoothing, i + 1));
            if (!double.IsFinite(loss) || smoothed > StopFactor * lowest)
            {
                break;
            }

            lowest = Math.Min(lowest, smoothed);
            points.Add(new LearningRateLoss(rate, loss, smoothed));
            steps.Update(StepRates.Constant(rate));
        }

        return points;
    }

    private static SplitMix64? Order(TrainingOptions<T> options, ulong epoch) =>
        options.Shuffle ? SplitMix64.Derive(options.Seed, epoch) : null;

    // Where the loss is lowest the rate is about to be too large; a tenth of it is safe. The steepest fall, the other rule in use, is at
    // the mercy of single batches when they are small.
    private static double TenthOfLowest(List<LearningRateLoss> points) =>
        points.Count == 0 ? double.NaN : points.MinBy(point => point.SmoothedLoss).LearningRate / 10;

    private void Validate()
    {
        OptionCheck.Validate(this);
        OptionCheck.Require(Maximum > Minimum, nameof(Maximum), Maximum, $"above {nameof(Minimum)}");
    }
}
