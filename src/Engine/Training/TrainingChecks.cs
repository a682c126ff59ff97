namespace EE569.Engine.Training;

/// <summary>Whether network, data and options fit each other.</summary>
internal static class TrainingChecks
{
    /// <summary>Readies a network for training with some data..</summary>
    public static void Prepare<T>(Network<T> network, DataSource<T> data, TrainingOptions<T> options) where T : unmanaged, IFloatingPointIeee754<T>
    {
        network.Loss.ClassWeights = options.ClassWeights ?? network.Loss.ClassWeights;
        Data(network, data);
        if (data.Count is null && options.SchedulesSteps(network))
        {
            throw new ArgumentException(
                "A schedule counts steps, but the number of rows is not known; give the stream its count or set ScheduleInterval to Epoch.", nameof(data));
        }
    }

    /// <summary>Checks a data set against a network.</summary>
    public static void Data<T>(Network<T> network, DataSource<T> data) where T : unmanaged, IFloatingPointIeee754<T>
    {
        data.Check(network);
    }
}
