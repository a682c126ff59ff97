using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EE569.Trainers.Reading;

/// <summary>
/// The usable examples of a view that is too long for memory, in binary in a temporary file: the first pass writes them, and each epoch reads
/// them several times as fast as a view could parse or compute them again.
/// </summary>
/// <remarks>
/// Blocks of one size hold whole rows, so that reading ahead knows where the next one is. A block is the number of its rows (4 bytes) and the
/// rows: label (8), weight (4), number of non-zeros (4) or -1, then all features, or the indices and the values of the non-zeros (4 each).
/// </remarks>
internal sealed class SpillFile : IDisposable
{
    /// <summary>Bytes of a row before its features.</summary>
    public const int RowHeader = sizeof(double) + sizeof(float) + sizeof(int);

    private const int UsualBlockLength = 1 << 20;

    private readonly FileStream _file;
    private readonly byte[] _block;
    private int _used = sizeof(int);
    private int _rowsInBlock;

    /// <param name="file">An empty file that is deleted when it is closed.</param>
    /// <param name="width">Features of an example.</param>
    public SpillFile(FileStream file, int width)
    {
        _file = file;
        Width = width;
        _block = new byte[Math.Max(UsualBlockLength, checked(sizeof(int) + RowHeader + (width * sizeof(float))))];
    }

    public int Width { get; }

    public int BlockLength => _block.Length;

    public int Blocks { get; private set; }

    public SafeFileHandle Handle => _file.SafeFileHandle;

    /// <summary>Opens a temporary file that nobody else sees and that goes with the process, however that ends.</summary>
    public static FileStream OpenTemporary()
    {
        string path = Path.Combine(Path.GetTempPath(), $"ee569-{Guid.NewGuid():N}.rows");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 0, Options = FileOptions.DeleteOnClose };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, options);
        }

        // Elsewhere an open file needs no name, and without one nothing is left behind, not even by a killed process.
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        options.Options = FileOptions.None;
        var file = new FileStream(path, options);
        File.Delete(path);
        return file;
    }

    /// <summary>Writes an example.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Add(in VBuffer<float> features, double label, float weight)
    {
        if (features.IsDense)
        {
            Add(features.GetValues(), label, weight);
        }
        else
        {
            Add(features.GetIndices(), features.GetValues(), label, weight);
        }
    }

    /// <summary>Writes an example with all its features.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Add(ReadOnlySpan<float> features, double label, float weight) =>
        MemoryMarshal.AsBytes(features).CopyTo(Reserve(features.Length * sizeof(float), -1, label, weight));

    /// <summary>Writes an example with its non-zero features, or with all if that takes less.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Add(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, double label, float weight)
    {
        if (2 * values.Length < Width)
        {
            int half = values.Length * sizeof(float);
            Span<byte> row = Reserve(2 * half, values.Length, label, weight);
            MemoryMarshal.AsBytes(indices).CopyTo(row);
            MemoryMarshal.AsBytes(values).CopyTo(row[half..]);
            return;
        }

        Span<float> features = MemoryMarshal.Cast<byte, float>(Reserve(Width * sizeof(float), -1, label, weight));
        features.Clear();
        for (int i = 0; i < indices.Length; i++)
        {
            features[indices[i]] = values[i];
        }
    }

    /// <summary>Writes what is left, after the last example.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Complete()
    {
        if (_rowsInBlock > 0)
        {
            WriteBlock();
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Room for the features of a row, behind its header.</summary>
    private Span<byte> Reserve(int length, int nonZeros, double label, float weight)
    {
        if (_block.Length - _used < RowHeader + length)
        {
            WriteBlock();
        }

        Span<byte> row = _block.AsSpan(_used, RowHeader + length);
        MemoryMarshal.Write(row, label);
        MemoryMarshal.Write(row[sizeof(double)..], weight);
        MemoryMarshal.Write(row[(sizeof(double) + sizeof(float))..], nonZeros);
        _used += row.Length;
        _rowsInBlock++;
        return row[RowHeader..];
    }

    private void WriteBlock()
    {
        MemoryMarshal.Write(_block, _rowsInBlock);
        _file.Write(_block);
        (_used, _rowsInBlock) = (sizeof(int), 0);
        Blocks++;
    }
}
