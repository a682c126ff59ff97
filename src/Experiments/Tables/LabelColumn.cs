namespace EE569.Experiments.Tables;

/// <summary>Reads a label of which the user does not say whether it holds classes or numbers to predict: both ways at once, until the values tell.</summary>
/// <param name="name">The column's name.</param>
/// <param name="format">How the table writes cells.</param>
/// <param name="expected">About how many rows there are.</param>
internal sealed class LabelColumn(string name, CellFormat format, long expected) : ColumnReader(name, CellKind.Ignored, format)
{
    /// <summary>A label with more different values holds no classes.</summary>
    public const int MostClasses = 1000;

    private const int AlwaysClasses = 20, NeverClasses = 100;
    private const double ShareOfRows = 0.05;

    private long _rows;

    /// <summary>The cells as numbers.</summary>
    public NumberColumn Numbers { get; } = new(name, format, expected, isForced: true);

    /// <summary>The cells as classes; null when there are too many.</summary>
    public TextColumn? Texts { get; private set; } = new(name, format, expected);

    public override long Fitting => Numbers.Fitting;

    /// <summary>
    /// Whether these are numbers to predict: all are numbers, and some are not whole, or there are more than 20 different ones and more than 5 % as many as rows, or more than 100.
    /// </summary>
    public bool IsRegression => Numbers.Wrong == 0 && Numbers.Fitting > 0 && Reason is not null;

    /// <summary>What speaks for numbers to predict, in words; null when nothing does.</summary>
    public string? Reason
    {
        get
        {
            if (Numbers.HasFractions)
            {
                return "some are not whole";
            }

            DistinctNumbers distinct = Numbers.Distinct;
            return distinct.Count <= NeverClasses && (distinct.Count <= AlwaysClasses || distinct.Count <= ShareOfRows * _rows) ? null
                : FormattableString.Invariant($"{(distinct.HasMore ? "more than " : "")}{Math.Min(distinct.Count, DistinctNumbers.Most)} are different in {_rows} rows");
        }
    }

    public override void Add(ReadOnlySpan<byte> cell, long line)
    {
        _rows++;
        Numbers.Add(cell, line);
        Texts?.Add(cell, line);
        Texts = Texts?.Values.Count > MostClasses ? null : Texts;
    }

    public override LoadedColumn Column() => IsRegression ? Numbers.Column() : Texts!.Column();
}
