namespace EE569.Engine.Training;

/// <summary>What a learning-rate schedule counts.</summary>
public enum ScheduleInterval
{
    /// <summary>Updates of the parameters.</summary>
    Step,

    /// <summary>Passes through the data.</summary>
    Epoch,
}
