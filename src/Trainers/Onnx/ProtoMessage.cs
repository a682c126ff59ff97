using System.Buffers;
using Google.Protobuf;

namespace EE569.Trainers.Onnx;

/// <summary>A protocol-buffer message under construction: fields in the order they are added. The ONNX schema gives the field numbers.</summary>
internal sealed class ProtoMessage
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ProtoMessage Add(int field, long value) => Write(field, WireFormat.WireType.Varint, output => output.WriteInt64(value));

    public ProtoMessage Add(int field, float value) => Write(field, WireFormat.WireType.Fixed32, output => output.WriteFloat(value));

    public ProtoMessage Add(int field, string value) => Write(field, WireFormat.WireType.LengthDelimited, output => output.WriteString(value));

    public ProtoMessage Add(int field, ByteString value) => Write(field, WireFormat.WireType.LengthDelimited, output => output.WriteBytes(value));

    public ProtoMessage Add(int field, ProtoMessage value) => Add(field, value.ToByteString());

    public ByteString ToByteString() => ByteString.CopyFrom(_bytes.WrittenSpan);

    private ProtoMessage Write(int field, WireFormat.WireType type, Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(field, type);
            write(output);
        }

        _bytes.Write(stream.GetBuffer().AsSpan(0, (int)stream.Length));
        return this;
    }
}
