using System.Buffers;
using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Hears of text that makes no sense: the file and line, the first character and the one after the last, and what is wrong.</summary>
internal delegate void TextErrorReporter(int file, int line, int start, int end, string error);

/// <summary>
/// The fields of one line. A field's source is the number of its column. A sparse line ends in the number of columns that it
/// stands for and the values other than zero, as index:value.
/// </summary>
internal sealed class TextRow(TextLoader.Options options, TextLineReader lines, int columnLimit, TextErrorReporter report)
{
    private readonly SearchValues<char> _separators = SearchValues.Create(options.Separators);
    private readonly bool _skipSpaces = !options.Separators.Contains(' ');
    private int[] _sources = new int[64];
    private int[] _starts = new int[64];
    private int[] _ends = new int[64];
    private int _denseCount;
    private int _sparseStart;
    private int _sparseSize;
    private int _lastIndex;
    private int _position;
    private bool _isSilent;
    private bool _isMalformed;

    public int Count { get; private set; }

    public int Line { get; private set; }

    /// <summary>The number of columns of the line, those that a sparse end leaves out included.</summary>
    public int ColumnCount => _sparseSize < 0 ? Count : _sparseStart + _sparseSize;

    public ReadOnlySpan<char> this[int field] => lines.Text.AsSpan(_starts[field], _ends[field] - _starts[field]);

    public int Source(int field) => _sources[field];

    /// <summary>The first field whose source is not below <paramref name="source"/>.</summary>
    public int FirstField(int source)
    {
        if (source < _denseCount)
        {
            return source;
        }

        int index = Array.BinarySearch(_sources, _denseCount, Count - _denseCount, source);
        return index < 0 ? ~index : index;
    }

    /// <summary>Splits the line that was just read. Only columns below the limit count, and a header is not complained about.</summary>
    public void Split(bool isHeader = false)
    {
        Line = lines.Line;
        Count = _denseCount = _position = 0;
        _sparseSize = _lastIndex = -1;
        _isSilent = isHeader;
        _isMalformed = false;
        if (options.TrimWhitespace)
        {
            lines.Length = lines.Text.AsSpan(0, lines.Length).TrimEnd().Length;
        }

        while (ReadField() && _position < lines.Length)
        {
            _position++;
        }

        _denseCount = _sparseSize < 0 ? Count : _denseCount;
        while (options.ReadMultilines && _position < lines.Length)
        {
            // What is left may still end on another line.
            _isSilent = true;
            _position++;
            ReadText();
        }
    }

    /// <summary>False if the rest of the line makes no sense.</summary>
    private bool ReadField()
    {
        SkipSpaces();
        int start = _position;
        int index = options.AllowSparse ? ReadSparseIndex() : -1;
        bool isBeyond = index < 0 && _sparseSize < 0 && Count >= columnLimit;
        if (isBeyond && !options.AllowSparse && !options.ReadMultilines)
        {
            return false;
        }

        // With sparse lines, the first field too many may be wrong; with long ones, it may end on another line.
        _isSilent |= isBeyond && !options.AllowSparse;
        (int textStart, int textEnd) = ReadText();
        if (isBeyond)
        {
            return false;
        }

        if (index >= 0)
        {
            return AddSparse(index, start, textStart, textEnd);
        }

        if (_sparseSize >= 0)
        {
            Report(start, "Non-sparse formatted value follows sparse formatted value");
            return false;
        }

        Add(Count, textStart, textEnd);
        return true;
    }

    private (int Start, int End) ReadText()
    {
        SkipSpaces();
        if (options.AllowQuoting && _position < lines.Length && lines.Text[_position] == '"')
        {
            return ReadQuoted();
        }

        int start = _position;
        return (start, _position = FieldEnd());
    }

    private bool AddSparse(int index, int start, int textStart, int textEnd)
    {
        string? error = null;
        if (_sparseSize < 0)
        {
            if (Count == 0 || this[Count - 1].IsEmpty)
            {
                error = "Missing dimensionality or ambiguous sparse item. Use sparse=- for non-sparse file, and/or quote the value.";
            }
            else if (!int.TryParse(this[Count - 1], NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size == 0)
            {
                error = "Bad dimensionality or ambiguous sparse item. Use sparse=- for non-sparse file, and/or quote the value.";
            }
            else
            {
                (_sparseSize, _sparseStart, _denseCount) = (size, Count - 1, Count - 1);
                Count = _denseCount;
            }
        }

        error ??= index >= _sparseSize ? "Sparse item index larger than expected. Is the specified size incorrect?"
            : index <= _lastIndex ? "Sparse indices out of order"
            : null;
        if (error is not null)
        {
            Report(start, error);
            return false;
        }

        _lastIndex = index;
        if (index < columnLimit - _sparseStart)
        {
            Add(_sparseStart + index, textStart, textEnd);
        }

        return true;
    }

    private void Add(int source, int start, int end)
    {
        if (Count == _sources.Length)
        {
            Array.Resize(ref _sources, Count * 2);
            Array.Resize(ref _starts, Count * 2);
            Array.Resize(ref _ends, Count * 2);
        }

        _sources[Count] = source;
        _starts[Count] = start;
        _ends[Count++] = end;
    }

    /// <summary>Reads "index:", or nothing.</summary>
    private int ReadSparseIndex()
    {
        ReadOnlySpan<char> rest = lines.Text.AsSpan(_position, lines.Length - _position);
        int digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || rest[digits] != ':' || !int.TryParse(rest[..digits], CultureInfo.InvariantCulture, out int index))
        {
            return -1;
        }

        _position += digits + 1;
        return index;
    }

    /// <summary>Reads a quoted field and takes doubled quotes out of it, in place; it is empty if the quoting is wrong.</summary>
    private (int Start, int End) ReadQuoted()
    {
        int start = _position++;
        int end = start;
        while (true)
        {
            if (_position >= lines.Length && !(options.ReadMultilines && !_isMalformed && ExtendLine()))
            {
                return Illegal(start);
            }

            // Not kept over the loop: a longer line moves to a longer buffer.
            char[] text = lines.Text;
            bool escape = _position + 1 < lines.Length && text[_position] == options.EscapeChar && text[_position + 1] == '"';
            if (text[_position] == '"' && !escape)
            {
                break;
            }

            _position += escape ? 1 : 0;
            text[end++] = text[_position++];
        }

        _position++;
        int closing = _position;
        SkipSpaces();
        if (_position < lines.Length && !_separators.Contains(lines.Text[_position]))
        {
            _position = closing;
            return Illegal(start);
        }

        return (start, end);
    }

    private bool ExtendLine() => lines.AppendLine()
        ? true
        : throw new FormatException($"Stream reading encountered exception: the quoted field in line {Line} is not closed");

    private (int Start, int End) Illegal(int start)
    {
        _isMalformed = true;
        _position = FieldEnd();
        Report(start, "Illegal quoting");
        return (_position, _position);
    }

    private void Report(int start, string error)
    {
        if (!_isSilent)
        {
            report(lines.File, Line, start, _position, error);
        }
    }

    private int FieldEnd()
    {
        int length = lines.Text.AsSpan(_position, lines.Length - _position).IndexOfAny(_separators);
        return length < 0 ? lines.Length : _position + length;
    }

    private void SkipSpaces()
    {
        while (_skipSpaces && _position < lines.Length && lines.Text[_position] == ' ')
        {
            _position++;
        }
    }
}
