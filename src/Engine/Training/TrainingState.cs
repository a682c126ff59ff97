namespace EE569.Engine.Training;

/// <summary>
/// Everything a training needs to go on as if it had never stopped: weights, optimiser state, step, history, best epoch. All as of the end
/// of the last completed epoch; random orders and dropout masks follow from the seed and the counters.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TrainingState<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    internal TrainingState(int epoch, long step, T[] parameters, T[] slots, BestEpoch<T> best, History history)
    {
        (Epoch, Step, Parameters, Slots, Best, History) = (epoch, step, parameters, slots, best, history);
    }

    /// <summary>Number of completed epochs.</summary>
    public int Epoch { get; private set; }

    /// <summary>Number of steps taken.</summary>
    public long Step { get; private set; }

    /// <summary>The completed epochs.</summary>
    public History History { get; }

    /// <summary>The weights, flat.</summary>
    internal T[] Parameters { get; }

    /// <summary>What the optimiser remembers, flat.</summary>
    internal T[] Slots { get; }

    /// <summary>The best epoch so far.</summary>
    internal BestEpoch<T> Best { get; private set; }

    /// <summary>Reads a state back.</summary>
    /// <param name="stream">A stream <see cref="Save"/> wrote.</param>
    /// <exception cref="InvalidDataException">The stream holds no such state, or one of another precision or version, or is cut short.</exception>
    public static TrainingState<T> Load(Stream stream) => TrainingStateFormat.Read<T>(stream);

    /// <summary>Writes the state.</summary>
    /// <param name="stream">Where to write; not closed.</param>
    public void Save(Stream stream) => TrainingStateFormat.Write(this, stream);

    /// <summary>The state before the first epoch.</summary>
    internal static TrainingState<T> Start(Network<T> network, OptimizerState<T> optimizer) =>
        new(0, 0, network.CopyParameters(), new T[optimizer.Length], BestEpoch<T>.None, new History([]));

    /// <summary>Puts this state into a network and its optimiser.</summary>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">Its optimiser.</param>
    /// <param name="parameterName">What the caller calls this state.</param>
    /// <returns>A copy to go on with.</returns>
    /// <exception cref="ArgumentException">The state is of another network or optimiser.</exception>
    internal TrainingState<T> Resume(Network<T> network, OptimizerState<T> optimizer, string parameterName)
    {
        if (Parameters.Length != network.ParameterCount || Slots.Length != optimizer.Length)
        {
            throw new ArgumentException(
                $"The state holds {Parameters.Length} parameters and {Slots.Length} optimiser values; network and optimiser have "
                + $"{network.ParameterCount} and {optimizer.Length}. Resume with the same network and optimiser.",
                parameterName);
        }

        network.RestoreParameters(Parameters);
        optimizer.Restore(Slots, Step);
        return new TrainingState<T>(Epoch, Step, [.. Parameters], [.. Slots], Best, new History(History));
    }

    /// <summary>Records the end of an epoch.</summary>
    internal void Complete(Network<T> network, OptimizerState<T> optimizer, Evaluation? validation, EarlyStopping stopping, EpochRecord record)
    {
        network.CopyParametersTo(Parameters);
        optimizer.CopyTo(Slots);
        (Epoch, Step) = (record.Epoch, optimizer.Step);
        Best = validation is { } figures ? Best.Observe(Epoch, figures, stopping, Parameters) : Best;
        History.Add(record);
    }
}
