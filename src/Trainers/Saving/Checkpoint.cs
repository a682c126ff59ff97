using System.Text;

namespace EE569.Trainers.Saving;

/// <summary>The state of a training on disk.</summary>
/// <param name="State">The state.</param>
/// <param name="ClassNames">The names of its classes in order; empty where there are none.</param>
internal sealed record Checkpoint(TrainingState<float> State, IReadOnlyList<string> ClassNames)
{
    public void Save(string path) => AtomicFile.Write(path, stream =>
    {
        State.Save(stream);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(ClassNames.Count);
        foreach (string name in ClassNames)
        {
            writer.Write(name);
        }
    });

    public static Checkpoint Load(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var state = TrainingState<float>.Load(stream);
            using var reader = new BinaryReader(stream, Encoding.UTF8);
            var names = new List<string>();
            for (int count = reader.ReadInt32(); names.Count < count;)
            {
                names.Add(reader.ReadString());
            }

            return new Checkpoint(state, names);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' is not a checkpoint of this library: delete it, or set {nameof(TrainerOptions.ResumeFromCheckpoint)} to false.", e);
        }
    }
}
