using EE569.Engine.Training;

namespace EE569.Trainers.Training;

/// <summary>The state of a training on disk.</summary>
internal static class Checkpoint
{
    public static void Save(string path, TrainingState<float> state) => AtomicFile.Write(path, state.Save);

    public static TrainingState<float> Load(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return TrainingState<float>.Load(stream);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' is not a checkpoint of this library: delete it, or set {nameof(TrainerOptions.ResumeFromCheckpoint)} to false.", e);
        }
    }
}
