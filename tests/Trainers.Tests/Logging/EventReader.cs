using System.Buffers.Binary;
using System.Text;

namespace EE569.Trainers.Tests.Logging;

/// <summary>
/// Reads event files from the descriptions of their format alone: TFRecord's frame with its masked checksums, and the wire format of Protocol Buffers. Knows no
/// generated message and no code of the library.
/// </summary>
internal static class EventReader
{
    /// <summary>The events of the one file in a folder, all checksums verified.</summary>
    public static IReadOnlyList<Message> Read(string directory)
    {
        string file = Directory.GetFiles(directory).Single();
        Assert.StartsWith("events.out.tfevents.", Path.GetFileName(file));
        ReadOnlySpan<byte> rest = File.ReadAllBytes(file);
        var events = new List<Message>();
        while (!rest.IsEmpty)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(rest));
            Assert.AreEqual(Masked(rest[..8]), BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]), "checksum of the length");
            Assert.AreEqual(Masked(rest.Slice(12, length)), BinaryPrimitives.ReadUInt32LittleEndian(rest[(12 + length)..]), "checksum of the data");
            events.Add(new Message(rest.Slice(12, length)));
            rest = rest[(16 + length)..];
        }

        return events;
    }

    /// <summary>CRC-32C bit by bit from its reflected polynomial, then masked as TFRecord says.</summary>
    private static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 1 ? 0x82F63B78 : 0);
            }
        }

        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8);
    }

    /// <summary>A message as numbers of fields and what they hold.</summary>
    internal sealed class Message
    {
        private readonly ILookup<int, byte[]> _fields;

        public Message(ReadOnlySpan<byte> bytes)
        {
            var fields = new List<(int Number, byte[] Content)>();
            while (!bytes.IsEmpty)
            {
                ulong key = Varint(ref bytes);
                int length = (key & 7) switch { 0 => 8, 1 => 8, 2 => (int)Varint(ref bytes), 5 => 4, _ => throw new InvalidDataException($"wire type {key & 7}") };
                fields.Add(((int)(key >> 3), (key & 7) == 0 ? BitConverter.GetBytes(Varint(ref bytes)) : bytes[..length].ToArray()));
                bytes = (key & 7) == 0 ? bytes : bytes[length..];
            }

            _fields = fields.ToLookup(field => field.Number, field => field.Content);
        }

        public bool Has(int field) => _fields.Contains(field);

        public byte[] Bytes(int field) => _fields[field].Single();

        public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

        /// <summary>An integer; 0 is not written.</summary>
        public long Integer(int field) => Has(field) ? BitConverter.ToInt64(Bytes(field)) : 0;

        /// <summary>A double; 0 is not written.</summary>
        public double Double(int field) => Has(field) ? BitConverter.ToDouble(Bytes(field)) : 0;

        public float Single(int field) => BitConverter.ToSingle(Bytes(field));

        public double[] Doubles(int field) => [.. Bytes(field).Chunk(8).Select(value => BitConverter.ToDouble(value))];

        public IEnumerable<Message> Messages(int field) => _fields[field].Select(content => new Message(content));

        private static ulong Varint(ref ReadOnlySpan<byte> bytes)
        {
            ulong value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte part = bytes[0];
                bytes = bytes[1..];
                value |= (ulong)(part & 0x7F) << shift;
                if (part < 0x80)
                {
                    return value;
                }
            }
        }
    }
}
