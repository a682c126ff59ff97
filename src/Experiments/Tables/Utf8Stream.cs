using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace EE569.Experiments.Tables;

/// <summary>A stream of UTF-8 that lets no byte pass that is none: they would make different texts equal.</summary>
/// <param name="inner">The bytes.</param>
internal sealed class Utf8Stream(Stream inner) : Stream
{
    private const int LongestRune = 4;

    /// <summary>The beginning of a character whose end is not read yet.</summary>
    private readonly byte[] _open = new byte[LongestRune];
    private int _openCount;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="DecoderFallbackException">A byte is not UTF-8.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        Check(buffer[..read], isEnd: read == 0 && !buffer.IsEmpty);
        return read;
    }

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Check(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        while (_openCount > 0 && !bytes.IsEmpty)
        {
            _open[_openCount++] = bytes[0];
            bytes = bytes[1..];
            OperationStatus status = Rune.DecodeFromUtf8(_open.AsSpan(0, _openCount), out _, out _);
            _openCount = status == OperationStatus.Done ? 0 : _openCount;
            Require(status != OperationStatus.InvalidData);
        }

        int whole = bytes.Length;
        for (int back = 1; back < LongestRune && back <= bytes.Length; back++)
        {
            if (Rune.DecodeFromUtf8(bytes[^back..], out _, out _) == OperationStatus.NeedMoreData)
            {
                whole = bytes.Length - back;
            }
        }

        Require(Utf8.IsValid(bytes[..whole]) && !(isEnd && _openCount > 0));
        if (whole < bytes.Length)
        {
            bytes[whole..].CopyTo(_open);
            _openCount = bytes.Length - whole;
        }
    }

    private static void Require(bool isValid)
    {
        if (!isValid)
        {
            throw new DecoderFallbackException("Bytes are not UTF-8.");
        }
    }
}
