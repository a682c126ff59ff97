using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using Tensorflow;

namespace EE569.Trainers.Logging;

/// <summary>
/// An event file of TensorBoard: records of a length, its checksum, an Event message, its checksum. Opened for one record at a time, so that a reader always
/// sees whole records and no handle outlives a training.
/// </summary>
/// <remarks>The frame is that of tensorflow/core/lib/io/record_writer.h: numbers little-endian, checksums CRC-32C (Castagnoli), masked.</remarks>
internal sealed class EventFile
{
    private readonly string _path;

    /// <summary>Begins a file with a name of its own.</summary>
    /// <param name="directory">Its folder, made where there is none; TensorBoard shows it as a run.</param>
    public EventFile(string directory)
    {
        Directory.CreateDirectory(directory);
        _path = Path.Combine(directory, $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{Environment.MachineName}.{Guid.NewGuid():N}");
        Append(new Event { FileVersion = "brain.Event:2" });
    }

    /// <summary>Appends the figures of an epoch.</summary>
    public void Append(int epoch, Summary summary) => Append(new Event { Step = epoch, Summary = summary });

    /// <summary>A record around a message.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> message)
    {
        const int Head = 12, Tail = 4;
        byte[] record = new byte[Head + message.Length + Tail];
        BinaryPrimitives.WriteInt64LittleEndian(record, message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Checksum(record.AsSpan(0, 8)));
        message.CopyTo(record.AsSpan(Head));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(Head + message.Length), Checksum(message));
        return record;
    }

    private void Append(Event happened)
    {
        happened.WallTime = (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
        File.AppendAllBytes(_path, Frame(happened.ToByteArray()));
    }

    /// <summary>Masked, since the checksum of data that holds its own checksum would not tell damage.</summary>
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
