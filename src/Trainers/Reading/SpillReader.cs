using System.Runtime.InteropServices;

namespace EE569.Trainers.Reading;

/// <summary>One pass over a spill file, or over the examples of it that train or validate; another thread reads the next block meanwhile.</summary>
/// <param name="file">The file, complete.</param>
/// <param name="task">What a label is.</param>
/// <param name="checkAlive">Called now and then; throws when the user has cancelled.</param>
/// <param name="preparation">What becomes of raw rows, or null.</param>
/// <param name="isWanted">Whether the next example, whose class is given, belongs to the part.</param>
internal sealed class SpillReader(SpillFile file, LearningTask task, Action checkAlive, InputPreparation? preparation, Predicate<int> isWanted) : IRowReader<float>
{
    private readonly byte[][] _buffers = [new byte[file.BlockLength], new byte[file.BlockLength]];
    private readonly PreparedRow? _prepared = preparation is null ? null : new(preparation.Features);
    private Task? _ahead;
    private int _block = -1;
    private int _position;
    private int _rowsLeft;

    public bool Read(StreamedRow<float> row)
    {
        while (_rowsLeft > 0 || MoveToNextBlock())
        {
            _rowsLeft--;
            ReadOnlySpan<byte> rest = _buffers[_block % 2].AsSpan(_position);
            int nonZeros = MemoryMarshal.Read<int>(rest[(sizeof(double) + sizeof(float))..]);
            int length = (nonZeros < 0 ? file.Width : 2 * nonZeros) * sizeof(float);
            _position += SpillFile.RowHeader + length;
            double label = MemoryMarshal.Read<double>(rest);
            if (isWanted(task == LearningTask.Regression ? 0 : (int)label))
            {
                Copy(rest.Slice(SpillFile.RowHeader, length), nonZeros, row);
                row.SetLabel(task, label, MemoryMarshal.Read<float>(rest[sizeof(double)..]), preparation?.Label);
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        // The file may be closed right after; what the read ahead came to is of no interest any more.
        ((IAsyncResult?)_ahead)?.AsyncWaitHandle.WaitOne();
    }

    private bool MoveToNextBlock()
    {
        if (_block + 1 >= file.Blocks)
        {
            return false;
        }

        checkAlive();
        _ahead ??= ReadAhead(0);
        _ahead.GetAwaiter().GetResult();
        _block++;
        _ahead = _block + 1 < file.Blocks ? ReadAhead(_block + 1) : Task.CompletedTask;
        _rowsLeft = MemoryMarshal.Read<int>(_buffers[_block % 2]);
        _position = sizeof(int);
        return true;
    }

    private Task ReadAhead(int block) => Task.Run(() =>
    {
        Span<byte> rest = _buffers[block % 2];
        for (long offset = (long)block * file.BlockLength; !rest.IsEmpty;)
        {
            int read = RandomAccess.Read(file.Handle, rest, offset);
            if (read == 0)
            {
                throw new EndOfStreamException("The temporary file of the rows was cut short while it was read.");
            }

            offset += read;
            rest = rest[read..];
        }
    });

    private void Copy(ReadOnlySpan<byte> features, int nonZeros, StreamedRow<float> row)
    {
        ReadOnlySpan<int> indices = MemoryMarshal.Cast<byte, int>(features[..(Math.Max(0, nonZeros) * sizeof(int))]);
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(features[(indices.Length * sizeof(int))..]);
        switch (_prepared, nonZeros < 0)
        {
            case (null, true):
                row.SetFeatures(values);
                return;
            case (null, false):
                row.SetFeatures(indices, values);
                return;
            case ({ } prepared, true):
                prepared.Set(values);
                break;
            case ({ } prepared, false):
                prepared.Set(indices, values);
                break;
        }

        _prepared.CopyTo(row);
    }
}
