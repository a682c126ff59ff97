using Microsoft.Data.Analysis;

namespace EE569.Experiments.Tables;

/// <summary>Reads numbers. Where the user, or a model, says that these are numbers, yes and no are 1 and 0, as <see cref="BooleanColumn"/> has them, if there are no others.</summary>
/// <param name="name">The column's name.</param>
/// <param name="format">How the table writes cells.</param>
/// <param name="expected">About how many rows there are.</param>
/// <param name="isForced">Whether the user says that these are numbers: codes with zeros in front are, too, and yes and no.</param>
internal sealed class NumberColumn(string name, CellFormat format, long expected, bool isForced) : ColumnReader(name, CellKind.Number, format)
{
    private readonly NumberParser _parser = format.Numbers;
    private readonly bool _hasWords = format.MissingWords is { Count: > 0 };
    private readonly CellBuffer<float> _values = new(expected);
    private long _infinite, _withUnit, _words;
    private (long Line, string Value) _firstInfinite;
    private (long Line, string Value) _firstWord;
    private char _unit;

    public override long Fitting => _values.Count - Missing - base.Wrong;

    public override long Wrong => base.Wrong + (IsMixed ? _words : 0);

    public override (long Line, string Value)? FirstWrong => IsMixed && !(base.FirstWrong?.Line < _firstWord.Line) ? _firstWord : base.FirstWrong;

    private bool IsMixed => _words > 0 && _words < Fitting;

    /// <summary>Whether some numbers are not whole.</summary>
    public bool HasFractions
    {
        get
        {
            foreach (float value in _values.Values)
            {
                if (value != MathF.Floor(value) && !float.IsNaN(value))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Numbers that single precision cannot hold, or infinity itself; they are read as missing.</summary>
    public long Infinite => _infinite;

    /// <summary>The first of them.</summary>
    public (long Line, string Value) FirstInfinite => _firstInfinite;

    /// <summary>The different numbers, counted anew.</summary>
    public DistinctNumbers Distinct
    {
        get
        {
            var distinct = new DistinctNumbers();
            foreach (float value in _values.Values)
            {
                if (!float.IsNaN(value) && !distinct.Add(value))
                {
                    break;
                }
            }

            return distinct;
        }
    }

    /// <summary>12 % and 12 are not the same: a column with both is none of numbers. Zero needs no unit.</summary>
    public override CellKind Found => _unit == '%' && _withUnit + _values.Values.Count(0f) < Fitting ? CellKind.Text : base.Found;

    public override void Add(ReadOnlySpan<byte> cell, long line)
    {
        if (!_parser.TryParseSimple(cell, out float value) || _hasWords)
        {
            value = AddUnusual(CellWords.Trim(cell), line);
        }

        _values.Add(value);
    }

    public void Add(float value, long line)
    {
        if (float.IsNaN(value))
        {
            AddMissing(line);
        }
        else if (float.IsInfinity(value))
        {
            value = AddInfinite(value.ToString(CultureInfo.InvariantCulture), line);
        }

        _values.Add(value);
    }

    public override LoadedColumn Column()
    {
        DistinctNumbers distinct = Distinct;
        return Describe(new SingleDataFrameColumn(Name, _values.Bytes, default, _values.Count)) with
        {
            Distinct = distinct.Count,
            HasMoreDistinct = distinct.HasMore,
            Note = _unit != '\0' ? $"in {_unit}" : null,
            Warning = _infinite > 0 ? FormattableString.Invariant($"{_infinite} not finite in single precision and counted as missing (line {_firstInfinite.Line} has '{Shortened(_firstInfinite.Value)}')") : null,
        };
    }

    private float AddUnusual(ReadOnlySpan<byte> trimmed, long line)
    {
        if (IsSaidMissing(trimmed) || !_parser.TryParse(trimmed, isForced, out float value, out char unit))
        {
            return AddWord(trimmed, line);
        }

        if (unit != '\0')
        {
            if (_unit != '\0' && unit != _unit)
            {
                AddWrong(trimmed, line, CellKind.Text);
                return float.NaN;
            }

            _unit = unit;
            _withUnit++;
        }

        return float.IsInfinity(value) ? AddInfinite(System.Text.Encoding.UTF8.GetString(trimmed), line) : value;
    }

    private float AddWord(ReadOnlySpan<byte> trimmed, long line)
    {
        if (!isForced || IsSaidMissing(trimmed) || !CellWords.TryGetBoolean(trimmed, out _, out bool isYes))
        {
            AddOther(trimmed, line);
            return float.NaN;
        }

        _firstWord = _words++ == 0 ? (line, System.Text.Encoding.UTF8.GetString(trimmed)) : _firstWord;
        return isYes ? 1 : 0;
    }

    private float AddInfinite(string value, long line)
    {
        _firstInfinite = _infinite++ == 0 ? (line, value) : _firstInfinite;
        AddMissing(line);
        return float.NaN;
    }
}
