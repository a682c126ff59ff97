using System.Runtime.InteropServices;

namespace EE569.Engine.Training;

/// <summary>The binary form of a <see cref="TrainingState{T}"/>: little-endian, arrays with their length in front.</summary>
internal static class TrainingStateFormat
{
    private const ulong Magic = 0x4554415453_393635; // "569STATE"
    private const int Version = 2;

    public static void Write<T>(TrainingState<T> state, Stream stream) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(Marshal.SizeOf<T>());
        writer.Write(state.Epoch);
        writer.Write(state.Step);
        WriteArray(writer, state.Parameters);
        WriteArray(writer, state.Slots);
        writer.Write(state.Best.Epoch);
        writer.Write(state.Best.Score);
        writer.Write(state.Best.Reference);
        writer.Write(state.Best.StalledEpochs);
        WriteArray(writer, state.Best.Parameters);
        writer.Write(state.History.Count);
        foreach (EpochRecord record in state.History)
        {
            WriteRecord(writer, record);
        }
    }

    public static TrainingState<T> Read<T>(Stream stream) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            Expect(reader.ReadUInt64() == Magic, "is no training state");
            Expect(reader.ReadInt32() == Version, "was written by another version");
            Expect(reader.ReadInt32() == Marshal.SizeOf<T>(), $"was written in another precision than {typeof(T).Name}");
            int epoch = reader.ReadInt32();
            long step = reader.ReadInt64();
            T[] parameters = ReadArray<T>(reader);
            T[] slots = ReadArray<T>(reader);
            var best = new BestEpoch<T>(reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32(), ReadArray<T>(reader));
            int records = reader.ReadInt32();
            Expect(records == epoch, "is damaged");
            var history = new History([]);
            for (int i = 0; i < records; i++)
            {
                history.Add(ReadRecord(reader));
            }

            return new TrainingState<T>(epoch, step, parameters, slots, best, history);
        }
        catch (EndOfStreamException end)
        {
            throw new InvalidDataException("The training state is cut short.", end);
        }
    }

    private static void WriteArray<T>(BinaryWriter writer, T[] values) where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes<T>(values));
    }

    private static T[] ReadArray<T>(BinaryReader reader) where T : unmanaged
    {
        int length = reader.ReadInt32();
        Expect(length >= 0, "is damaged");

        // A damaged length must not claim the memory before the stream has shown that it holds so much.
        const int Chunk = 1 << 16;
        var values = new T[Math.Min(length, Chunk)];
        for (int read = 0; read < length;)
        {
            int count = Math.Min(Chunk, length - read);
            if (values.Length < read + count)
            {
                Array.Resize(ref values, (int)Math.Min(length, 2L * values.Length));
                count = Math.Min(count, values.Length - read);
            }

            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(read, count)));
            read += count;
        }

        return values;
    }

    private static void WriteRecord(BinaryWriter writer, EpochRecord record)
    {
        writer.Write(record.Epoch);
        writer.Write(record.TrainLoss);
        writer.Write(record.TrainMetric);
        WriteOptional(writer, record.ValidationLoss);
        WriteOptional(writer, record.ValidationMetric);
        WriteOptional(writer, record.ValidationScore);
        writer.Write(record.LearningRate);
        writer.Write(record.GradientNorm);
        writer.Write(record.Seconds);
        writer.Write(record.Bytes);
    }

    private static EpochRecord ReadRecord(BinaryReader reader)
    {
        var figures = new EpochRecord(reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), ReadOptional(reader), ReadOptional(reader), 0, 0, 0, 0) { ValidationScore = ReadOptional(reader) };
        return figures with { LearningRate = reader.ReadDouble(), GradientNorm = reader.ReadDouble(), Seconds = reader.ReadDouble(), Bytes = reader.ReadInt64() };
    }

    private static void WriteOptional(BinaryWriter writer, double? value)
    {
        writer.Write(value.HasValue);
        writer.Write(value.GetValueOrDefault());
    }

    private static double? ReadOptional(BinaryReader reader)
    {
        bool hasValue = reader.ReadBoolean();
        double value = reader.ReadDouble();
        return hasValue ? value : null;
    }

    private static void Expect(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidDataException($"The stream {otherwise}.");
        }
    }
}
