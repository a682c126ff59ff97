namespace Microsoft.Data.Analysis;

/// <summary>
/// Reads records of separated fields, one at a time. Fields are trimmed; a field in quotes may hold separators, line breaks and
/// doubled quotes; blank lines are skipped.
/// </summary>
internal sealed class CsvReader(TextReader reader, char separator)
{
    private readonly char[] _buffer = new char[1 << 16];
    private readonly List<Range> _fields = [];
    private char[] _text = new char[256];
    private int _textLength;
    private int _position;
    private int _count;

    /// <summary>Number of the current record, from 1.</summary>
    public int Line { get; private set; }

    public int FieldCount => _fields.Count;

    public ReadOnlySpan<char> this[int field] => _text.AsSpan(_fields[field]);

    public string[] ToArray() => [.. _fields.Select(field => _text.AsSpan(field).ToString())];

    public bool Read()
    {
        while (Peek() >= 0)
        {
            _fields.Clear();
            _textLength = 0;
            bool quoted = false;
            do
            {
                quoted |= ReadField();
            }
            while (Skip(separator));
            SkipLineEnd();
            if (quoted || FieldCount > 1 || !this[0].IsEmpty)
            {
                Line++;
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads up to the separator or the end of the line; true if the field was quoted.</summary>
    private bool ReadField()
    {
        while (!AtFieldEnd() && char.IsWhiteSpace((char)Peek()))
        {
            _position++;
        }

        int start = _textLength;
        bool quoted = Skip('"');
        if (quoted)
        {
            ReadQuoted();
        }

        // What follows a closing quote belongs to nothing.
        int end = _textLength;
        while (!AtFieldEnd())
        {
            Keep();
        }

        _textLength = quoted ? end : _textLength;
        Range trimmed = Trimmed(start);
        _fields.Add(trimmed);
        return quoted;
    }

    private void ReadQuoted()
    {
        while (!Skip('"') || Peek() == '"')
        {
            if (Peek() < 0)
            {
                throw new FormatException($"Line {Line + 1} cannot be parsed with the current Delimiters: a quote is not closed.");
            }

            Keep();
        }
    }

    private Range Trimmed(int start)
    {
        int end = _textLength;
        while (start < end && char.IsWhiteSpace(_text[start]))
        {
            start++;
        }

        while (start < end && char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        return start..end;
    }

    private void Keep()
    {
        if (_textLength == _text.Length)
        {
            Array.Resize(ref _text, _text.Length * 2);
        }

        _text[_textLength++] = _buffer[_position++];
    }

    private bool AtFieldEnd() => Peek() is int next && (next == separator || next is '\n' or '\r' or < 0);

    private bool Skip(char expected)
    {
        bool found = Peek() == expected;
        _position += found ? 1 : 0;
        return found;
    }

    private void SkipLineEnd()
    {
        Skip('\r');
        Skip('\n');
    }

    private int Peek()
    {
        if (_position == _count)
        {
            _position = 0;
            _count = reader.Read(_buffer);
        }

        return _count > 0 ? _buffer[_position] : -1;
    }
}
