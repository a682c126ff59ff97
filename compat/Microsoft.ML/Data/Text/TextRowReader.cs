namespace Microsoft.ML.Data;

/// <summary>The rows of some files: without headers, blank lines, and comments, which start with // or, before the first row, with #.</summary>
internal sealed class TextRowReader : IDisposable
{
    private readonly TextLoader.Options _options;
    private readonly TextLineReader _lines;
    private bool _inFile;

    public TextRowReader(TextLoader.Options options, IMultiStreamSource source, int columnLimit, TextErrorReporter report)
    {
        _options = options;
        _lines = new TextLineReader(source);
        Row = new TextRow(options, _lines, columnLimit, report);
    }

    public TextRow Row { get; }

    public bool Read()
    {
        while (true)
        {
            bool found = _inFile ? ReadLine() : OpenNext() && ReadFirstLine();
            if (found)
            {
                Row.Split();
                return true;
            }

            if (!_inFile)
            {
                return false;
            }

            _inFile = false;
        }
    }

    /// <summary>The first line of the first file that is neither blank nor a comment, with all its fields.</summary>
    public bool ReadHeader()
    {
        bool found = OpenNext() && ReadPastComments();
        if (found)
        {
            Row.Split(isHeader: true);
        }

        return found;
    }

    public void Dispose() => _lines.Dispose();

    private bool OpenNext() => _inFile = _lines.OpenNext();

    private bool ReadFirstLine()
    {
        bool found = ReadPastComments();
        if (found && _options.HasHeader)
        {
            // The header may span lines where rows may.
            Row.Split(isHeader: true);
            found = ReadLine();
        }

        return found;
    }

    private bool ReadPastComments()
    {
        bool found;
        do
        {
            found = ReadLine();
        }
        while (found && _lines.Text.AsSpan(0, _lines.Length) is ['#', ..]);
        return found;
    }

    private bool ReadLine()
    {
        bool found;
        do
        {
            found = _lines.ReadLine();
        }
        while (found && _lines.Text.AsSpan(0, _lines.Length) is [] or ['/', '/', ..]);
        return found;
    }
}
