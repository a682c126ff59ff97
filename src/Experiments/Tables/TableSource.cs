using System.IO.Compression;

namespace EE569.Experiments.Tables;

/// <summary>The bytes of a table, to be read more than once: a file, or standard input (<c>-</c>) and pipes, which are kept; gzip is unpacked.</summary>
internal sealed class TableSource : IDisposable
{
    /// <summary>The path that means standard input.</summary>
    public const string StandardInput = "-";

    private const double Megabyte = 1 << 20;
    private const int LargestInMemory = 16 << 20;

    private readonly IProgressReporter _progress;
    private readonly string _task;
    private readonly System.Diagnostics.Stopwatch _clock = System.Diagnostics.Stopwatch.StartNew();
    private readonly Stream _bytes;
    private readonly byte[] _start = new byte[4];
    private bool _hasEnded;

    public TableSource(string path, IProgressReporter progress)
    {
        (Path, _progress) = (path, progress);
        _task = $"reading {(path == StandardInput ? "standard input" : System.IO.Path.GetFileName(path))}";
        Stream stream = path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
        _bytes = stream.CanSeek ? stream : Kept(stream);
        progress.Begin(_task, _bytes.Length / Megabyte, "MB");
        _bytes.Position = 0;
        _bytes.ReadAtLeast(_start, _start.Length, throwOnEndOfStream: false);
    }

    public string Path { get; }

    public bool IsGzip => _start is [0x1F, 0x8B, ..];

    public bool IsParquet => _start.AsSpan().SequenceEqual("PAR1"u8);

    public bool IsZip => _start is [(byte)'P', (byte)'K', 3, 4];

    /// <summary>Bytes in the file, packed where it is.</summary>
    public long Length => _bytes.Length;

    /// <summary>The unpacked bytes from the beginning. One such stream at a time; it is closed with the source.</summary>
    /// <param name="isCounted">Whether what is read of it counts as progress.</param>
    public Stream Open(bool isCounted)
    {
        _bytes.Position = 0;
        var counted = new ProgressStream(_bytes, bytes =>
        {
            if (!_hasEnded)
            {
                _progress.Advance(_task, isCounted ? bytes / Megabyte : 0);
            }
        });
        return IsGzip ? new GZipStream(counted, CompressionMode.Decompress) : counted;
    }

    /// <summary>All is read; what is read again does not count.</summary>
    public void End()
    {
        if (!_hasEnded)
        {
            _progress.End(_task, _clock.Elapsed);
            _hasEnded = true;
        }
    }

    public void Dispose() => _bytes.Dispose();

    /// <summary>A stream that is gone once read, in memory or, when it is large, in a temporary file: any row may be the one that asks for a second look at those before it.</summary>
    private static Stream Kept(Stream stream)
    {
        using (stream)
        {
            Stream kept = new MemoryStream();
            byte[] buffer = new byte[1 << 16];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                if (kept is MemoryStream && kept.Length + read > LargestInMemory)
                {
                    var file = new FileStream(
                        System.IO.Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
                    kept.Position = 0;
                    kept.CopyTo(file);
                    kept = file;
                }

                kept.Write(buffer.AsSpan(0, read));
            }

            return kept;
        }
    }
}
