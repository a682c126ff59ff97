using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>A CSV of 1 GB is read as a stream.</summary>
[TestClass]
public sealed class LargeFileTests
{
    private const long Gigabyte = 1L << 30;
    private const string Line = "0.25,-1.5,some text of little use that makes the line longer than it need be,true\n";

    [TestMethod]
    [Timeout(600_000)]
    public void A_gigabyte_is_read_in_flat_memory()
    {
        var ml = new MLContext(seed: 1);
        var repeated = new RepeatedText(string.Concat(Enumerable.Repeat(Line, 10_000)), Gigabyte);
        IDataView view = ml.Data.CreateTextLoader([new("X", DataKind.Single, 0)], separatorChar: ',').Load(repeated);

        long before = GC.GetTotalMemory(forceFullCollection: true), most = 0, rows = 0;
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["X"]]);
        ValueGetter<float> getter = cursor.GetGetter<float>(view.Schema["X"]);
        float x = 0;
        while (cursor.MoveNext())
        {
            getter(ref x);
            Assert.AreEqual(0.25f, x);
            if (rows++ % 1_000_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.AreEqual(repeated.Length / Line.Length, rows);
        Assert.IsLessThan(64L << 20, most);
    }

    /// <summary>A block of text over and over, up to a length.</summary>
    private sealed class RepeatedText(string block, long length) : IMultiStreamSource
    {
        private readonly byte[] _block = Encoding.UTF8.GetBytes(block);

        public long Length => length / _block.Length * _block.Length;

        public int Count => 1;

        public string? GetPathOrNull(int index) => null;

        public Stream Open(int index) => new Repetition(_block, Length);

        public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
    }

    private sealed class Repetition(byte[] block, long length) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int start = (int)(_position % block.Length);
            int read = (int)Math.Min(Math.Min(count, block.Length - start), length - _position);
            block.AsSpan(start, read).CopyTo(buffer.AsSpan(offset));
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
