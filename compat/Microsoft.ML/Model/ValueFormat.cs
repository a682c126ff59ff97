namespace Microsoft.ML.Data;

/// <summary>Column values as bytes.</summary>
internal static class ValueFormat
{
    public static void Write<T>(BinaryWriter writer, T value)
    {
        switch (value)
        {
            case sbyte number: writer.Write(number); break;
            case byte number: writer.Write(number); break;
            case short number: writer.Write(number); break;
            case ushort number: writer.Write(number); break;
            case int number: writer.Write(number); break;
            case uint number: writer.Write(number); break;
            case long number: writer.Write(number); break;
            case ulong number: writer.Write(number); break;
            case float number: writer.Write(number); break;
            case double number: writer.Write(number); break;
            case bool boolean: writer.Write(boolean); break;
            case ReadOnlyMemory<char> text: writer.Write(text.ToString()); break;
            case DateTime time: writer.Write(time.ToBinary()); break;
            case TimeSpan span: writer.Write(span.Ticks); break;
            case DateTimeOffset time: writer.Write(time.Ticks); writer.Write(time.Offset.Ticks); break;
            case DataViewRowId id: writer.Write(id.Low); writer.Write(id.High); break;
            default: throw new ArgumentException($"A value of type '{typeof(T)}' cannot be saved.", nameof(value));
        }
    }

    public static T Read<T>(BinaryReader reader)
    {
        object value = default(T) switch
        {
            sbyte => reader.ReadSByte(),
            byte => reader.ReadByte(),
            short => reader.ReadInt16(),
            ushort => reader.ReadUInt16(),
            int => reader.ReadInt32(),
            uint => reader.ReadUInt32(),
            long => reader.ReadInt64(),
            ulong => reader.ReadUInt64(),
            float => reader.ReadSingle(),
            double => reader.ReadDouble(),
            bool => reader.ReadBoolean(),
            ReadOnlyMemory<char> => reader.ReadString().AsMemory(),
            DateTime => DateTime.FromBinary(reader.ReadInt64()),
            TimeSpan => new TimeSpan(reader.ReadInt64()),
            DateTimeOffset => new DateTimeOffset(reader.ReadInt64(), new TimeSpan(reader.ReadInt64())),
            DataViewRowId => new DataViewRowId(reader.ReadUInt64(), reader.ReadUInt64()),
            _ => throw new ArgumentException($"A value of type '{typeof(T)}' cannot be loaded."),
        };
        return (T)value;
    }

    public static void WriteArray<T>(BinaryWriter writer, ReadOnlySpan<T> values)
    {
        writer.Write(values.Length);
        foreach (T value in values)
        {
            Write(writer, value);
        }
    }

    public static T[] ReadArray<T>(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        // Every value takes at least a byte: a corrupt count must not allocate more than the file holds.
        if (count < 0 || count > reader.BaseStream.Length - reader.BaseStream.Position)
        {
            throw new FormatException($"The model file is corrupt: it holds no {count} values.");
        }

        T[] values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = Read<T>(reader);
        }

        return values;
    }

    public static void WriteVector<T>(BinaryWriter writer, in VBuffer<T> vector)
    {
        writer.Write(vector.Length);
        WriteArray(writer, vector.GetIndices());
        WriteArray(writer, vector.GetValues());
    }

    public static VBuffer<T> ReadVector<T>(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        int[] indices = ReadArray<int>(reader);
        T[] values = ReadArray<T>(reader);
        bool ascending = indices.Zip(indices.Skip(1)).All(pair => pair.First < pair.Second);
        return indices.Length == 0 && values.Length == length ? new(length, values)
            : indices.Length == values.Length && ascending && indices.All(index => index >= 0 && index < length) ? new(length, values.Length, values, indices)
            : throw new FormatException($"The model file is corrupt: a vector of length {length} with {values.Length} values at {indices.Length} places.");
    }
}
