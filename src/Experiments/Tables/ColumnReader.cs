using System.Text;

namespace EE569.Experiments.Tables;

/// <summary>Takes a column's cells one after the other as cells of one kind, and keeps account of those that are none.</summary>
/// <param name="name">The column's name.</param>
/// <param name="kind">The kind.</param>
/// <param name="format">How the table writes numbers and missing values.</param>
internal abstract class ColumnReader(string name, CellKind kind, CellFormat format)
{
    private const int LongestShown = 40;

    private KindCounts _others;
    private (long Line, string Value)? _firstWrong;

    public string Name => name;

    public CellKind Kind => kind;

    /// <summary>Cells without a value.</summary>
    public long Missing { get; private set; }

    /// <summary>The line of the first cell without a value.</summary>
    public long FirstMissingLine { get; private set; }

    /// <summary>Cells of the kind.</summary>
    public abstract long Fitting { get; }

    /// <summary>Cells that are of another kind.</summary>
    public virtual long Wrong => _others.Total;

    /// <summary>The first cell that is of another kind.</summary>
    public virtual (long Line, string Value)? FirstWrong => _firstWrong;

    /// <summary>The kind that all cells together have.</summary>
    public virtual CellKind Found
    {
        get
        {
            KindCounts counts = _others;
            (counts.Numbers, counts.Booleans, counts.Dates, counts.Texts) = kind switch
            {
                CellKind.Number => (Fitting, counts.Booleans, counts.Dates, counts.Texts),
                CellKind.Boolean => (counts.Numbers, Fitting, counts.Dates, counts.Texts),
                CellKind.Date => (counts.Numbers, counts.Booleans, Fitting, counts.Texts),
                _ => (counts.Numbers, counts.Booleans, counts.Dates, Fitting),
            };
            return counts.Kind;
        }
    }

    /// <summary>What it found, for the message of a wrong cell: where, which, how many.</summary>
    public string WrongCell => FirstWrong is not { } wrong ? ""
        : $"line {wrong.Line} has '{Shortened(wrong.Value)}'{(Wrong > 1 ? FormattableString.Invariant($", and {Wrong - 1} more of {Wrong + Fitting} cells are like it") : "")}";

    protected CellFormat Format => format;

    /// <summary>Adds the next cell.</summary>
    /// <param name="cell">Its text, UTF-8, without the quotes around it.</param>
    /// <param name="line">The line where its row begins.</param>
    public abstract void Add(ReadOnlySpan<byte> cell, long line);

    /// <summary>The column, when all cells are added.</summary>
    public abstract LoadedColumn Column();

    /// <summary>A cell's text as a message shows it.</summary>
    public static string Shortened(string text) => text.Length <= LongestShown ? text : $"{text[..LongestShown]}…";

    /// <summary>Whether the user's own words say that the cell is missing, though it may look like a value.</summary>
    protected bool IsSaidMissing(ReadOnlySpan<byte> trimmed) => format.MissingWords is not null && format.IsMissing(trimmed);

    /// <summary>Accounts for a cell that is missing, or of another kind.</summary>
    protected void AddOther(ReadOnlySpan<byte> trimmed, long line)
    {
        if (format.IsMissing(trimmed))
        {
            AddMissing(line);
        }
        else
        {
            CellKind other = format.KindOf(trimmed);
            AddWrong(trimmed, line, other == kind ? CellKind.Text : other);
        }
    }

    protected void AddMissing(long line, long count = 1)
    {
        FirstMissingLine = Missing == 0 ? line : Math.Min(line, FirstMissingLine);
        Missing += count;
    }

    protected void AddWrong(ReadOnlySpan<byte> cell, long line, CellKind other)
    {
        _firstWrong ??= (line, Encoding.UTF8.GetString(cell));
        _others.Add(other);
    }

    /// <summary>A column with this reader's account of missing cells.</summary>
    protected LoadedColumn Describe(Microsoft.Data.Analysis.DataFrameColumn values) => new(name, kind, values) { Missing = Missing, FirstMissingLine = FirstMissingLine };
}
