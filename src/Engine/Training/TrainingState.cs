using System.Numerics;

namespace EE569.Engine.Training;

/// <summary>
/// Everything a training needs to go on as if it had never stopped: weights, optimiser state, step, history, best epoch. All as of the end
/// of the last completed epoch; random orders and dropout masks follow from the seed and the counters.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TrainingState<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    internal TrainingState(int parameters, int slots)
        : this(0, 0, new T[parameters], new T[slots], BestEpoch<T>.None, new History([]))
    {
    }

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
    internal BestEpoch<T> Best { get; set; }

    /// <summary>Reads a state back.</summary>
    /// <param name="stream">A stream <see cref="Save"/> wrote.</param>
    /// <exception cref="InvalidDataException">The stream holds no such state, or one of another precision or version, or is cut short.</exception>
    public static TrainingState<T> Load(Stream stream) => TrainingStateFormat.Read<T>(stream);

    /// <summary>Writes the state.</summary>
    /// <param name="stream">Where to write; not closed.</param>
    public void Save(Stream stream) => TrainingStateFormat.Write(this, stream);

    internal TrainingState<T> Clone() => new(Epoch, Step, [.. Parameters], [.. Slots], Best, new History(History));

    /// <summary>Records the end of an epoch.</summary>
    internal void Capture(Network<T> network, OptimizerState<T> optimizer)
    {
        network.CopyParametersTo(Parameters);
        optimizer.CopyTo(Slots);
        (Epoch, Step) = (Epoch + 1, optimizer.Step);
    }
}
