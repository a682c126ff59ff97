namespace EE569.Engine.Training;

/// <summary>Learning rate, decay and dropout of one step: the base values, and what the schedules make of them where the training stands.</summary>
/// <param name="baseRate">The learning rate before any schedule.</param>
/// <param name="schedule">The schedule of the learning rate.</param>
/// <param name="decay">The schedule of the decay.</param>
/// <param name="dropout">The schedule of the dropout.</param>
/// <param name="position">Steps or epochs done.</param>
/// <param name="total">Steps or epochs of the whole training; 0 where no schedule applies.</param>
internal readonly struct StepRates(double baseRate, Schedule schedule, Schedule decay, Schedule dropout, long position, long total)
{
    /// <summary>The learning rate of a group that has neither factor nor schedule.</summary>
    public double LearningRate { get; } = baseRate * schedule(position, total);

    /// <summary>Factor of every dropout.</summary>
    public double DropoutFactor { get; } = dropout(position, total);

    /// <summary>A rate that no schedule changes.</summary>
    public static StepRates Constant(double rate) =>
        new(rate, Schedules.Schedules.Constant, Schedules.Schedules.Constant, Schedules.Schedules.Constant, 0, 0);

    /// <summary>The learning rate of a group.</summary>
    public double Of(ParameterGroup group) =>
        (total > 0 && group.Schedule is { } own ? baseRate * own(position, total) : LearningRate) * group.LearningRateFactor;

    /// <summary>What the optimiser's decay is multiplied by for a group.</summary>
    public double DecayOf(ParameterGroup group) => (group.DecaySchedule ?? decay)(position, total) * group.DecayFactor;
}
