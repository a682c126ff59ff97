namespace EE569.Experiments.Tables;

/// <summary>How many cells of a column are what; every cell with a value is exactly one of the four.</summary>
internal struct KindCounts
{
    public long Numbers, Booleans, Dates, Texts;

    /// <summary>The kind that all cells share; text when they share none, a number when there are no values at all.</summary>
    public readonly CellKind Kind =>
        Texts > 0 ? CellKind.Text
        : (Numbers > 0, Booleans > 0, Dates > 0) switch
        {
            (_, false, false) => CellKind.Number,
            (false, true, false) => CellKind.Boolean,
            (false, false, true) => CellKind.Date,
            _ => CellKind.Text,
        };

    public readonly long Total => Numbers + Booleans + Dates + Texts;

    public void Add(CellKind kind)
    {
        switch (kind)
        {
            case CellKind.Number:
                Numbers++;
                break;
            case CellKind.Boolean:
                Booleans++;
                break;
            case CellKind.Date:
                Dates++;
                break;
            default:
                Texts++;
                break;
        }
    }
}
