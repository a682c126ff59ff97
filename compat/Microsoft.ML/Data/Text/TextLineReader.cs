namespace Microsoft.ML.Data;

/// <summary>Reads the lines of some files one by one into a buffer that is used again for the next line.</summary>
internal sealed class TextLineReader(IMultiStreamSource source) : IDisposable
{
    private readonly char[] _block = new char[1 << 16];
    private TextReader? _reader;
    private int _position;
    private int _count;
    private bool _afterReturn;

    /// <summary>The line is <see cref="Text"/> up to <see cref="Length"/>, without its line end.</summary>
    public char[] Text { get; private set; } = new char[1024];

    public int Length { get; set; }

    /// <summary>Number of the file being read, from 0.</summary>
    public int File { get; private set; } = -1;

    /// <summary>Number of the line within its file, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Goes to the next file; false after the last.</summary>
    public bool OpenNext()
    {
        _reader?.Dispose();
        _reader = null;
        if (File + 1 >= source.Count)
        {
            return false;
        }

        File++;
        (Line, _position, _count, _afterReturn) = (0, 0, 0, false);
        _reader = Guard(() => source.OpenTextReader(File));
        return true;
    }

    /// <summary>The next line of the file; false at its end.</summary>
    public bool ReadLine()
    {
        Length = 0;
        return Append();
    }

    /// <summary>The next line of the file, behind the current one and a line feed.</summary>
    public bool AppendLine()
    {
        Reserve(1);
        Text[Length++] = '\n';
        return Append();
    }

    public void Dispose() => _reader?.Dispose();

    private bool Append()
    {
        bool any = false;
        while (_position < _count || Fill())
        {
            if (_afterReturn && _block[_position] == '\n')
            {
                _afterReturn = false;
                _position++;
                continue;
            }

            (any, _afterReturn) = (true, false);
            ReadOnlySpan<char> rest = _block.AsSpan(_position, _count - _position);
            int end = rest.IndexOfAny('\n', '\r');
            ReadOnlySpan<char> part = end < 0 ? rest : rest[..end];
            Reserve(part.Length);
            part.CopyTo(Text.AsSpan(Length));
            Length += part.Length;
            _position += part.Length;
            if (end >= 0)
            {
                _afterReturn = _block[_position++] == '\r';
                break;
            }
        }

        Line += any ? 1 : 0;
        return any;
    }

    private void Reserve(int count)
    {
        if (Length + count > Text.Length)
        {
            char[] longer = new char[Math.Max(Length + count, Text.Length * 2)];
            Text.AsSpan(0, Length).CopyTo(longer);
            Text = longer;
        }
    }

    private bool Fill()
    {
        _position = 0;
        _count = Guard(() => _reader!.ReadBlock(_block));
        return _count > 0;
    }

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"Stream reading encountered exception: {exception.Message}", exception);
        }
    }
}
