using Microsoft.Data.Analysis;

namespace EE569.Experiments.Tables;

/// <summary>Reads yes and no, in one pair of words, as 1 and 0.</summary>
/// <param name="name">The column's name.</param>
/// <param name="format">How the table writes cells.</param>
/// <param name="expected">About how many rows there are.</param>
internal sealed class BooleanColumn(string name, CellFormat format, long expected) : ColumnReader(name, CellKind.Boolean, format)
{
    private readonly CellBuffer<float> _values = new(expected);
    private int _family = -1;
    private bool _hasNo, _hasYes;

    public override long Fitting => _values.Count - Missing - Wrong;

    /// <summary>Half a pair is a text when it is one letter, or when the missing cells may be its other half.</summary>
    public override CellKind Found => base.Found == CellKind.Boolean && !(_hasNo && _hasYes) && (_family >= CellWords.FirstOfLetters || Missing > 0) ? CellKind.Text : base.Found;

    public override void Add(ReadOnlySpan<byte> cell, long line)
    {
        ReadOnlySpan<byte> trimmed = CellWords.Trim(cell);
        float number = float.NaN;
        if (!IsSaidMissing(trimmed) && CellWords.TryGetBoolean(trimmed, out int family, out bool value) && (_family < 0 || family == _family))
        {
            _family = family;
            number = value ? 1 : 0;
            (_hasNo, _hasYes) = (_hasNo || !value, _hasYes || value);
        }
        else
        {
            AddOther(trimmed, line);
        }

        _values.Add(number);
    }

    public override LoadedColumn Column() => Describe(new SingleDataFrameColumn(Name, _values.Bytes, default, _values.Count)) with
    {
        Distinct = (_hasNo ? 1 : 0) + (_hasYes ? 1 : 0),
    };
}
