using CsvHelper;
using Microsoft.Data.Analysis;

namespace EE569.Experiments.Tables;

/// <summary>A column of a CSV file: its values, and what is worth knowing of its cells.</summary>
/// <param name="name">Its name.</param>
/// <param name="kind">What its cells are read as.</param>
/// <param name="isLabel">Whether its different values are wanted.</param>
internal sealed class CsvColumn(string name, CellKind kind, bool isLabel)
{
    /// <summary>Different values are counted up to here; a column with more is no class label.</summary>
    public const int MostDistinctValues = 1000;

    private readonly SingleDataFrameColumn _numbers = new(name);
    private readonly StringDataFrameColumn _texts = new(name);
    private readonly HashSet<string> _distinct = new(StringComparer.Ordinal);

    public string Name => name;

    public DataFrameColumn Values => kind == CellKind.Number ? _numbers : _texts;

    /// <summary>Cells without a value: empty or NaN.</summary>
    public long Missing { get; private set; }

    /// <summary>The line of the first cell without a value.</summary>
    public long FirstMissingLine { get; private set; }

    /// <summary>Cells that hold a finite number.</summary>
    public long Numbers { get; private set; }

    /// <summary>The first cell with a value that is no finite number.</summary>
    public (long Line, string Value)? FirstText { get; private set; }

    public bool HasTooManyValues => _distinct.Count > MostDistinctValues;

    /// <summary>The different values of a label in ordinal order; numbers by size when all are numbers.</summary>
    public IReadOnlyList<string> DistinctValues => FirstText is null
        ? [.. _distinct.OrderBy(value => double.Parse(value, CultureInfo.InvariantCulture)).ThenBy(value => value, StringComparer.Ordinal)]
        : [.. _distinct.Order(StringComparer.Ordinal)];

    /// <summary>What the first text is, in words.</summary>
    public string Kind => FirstText is not { } text ? "is numeric"
        : float.TryParse(text.Value, CultureInfo.InvariantCulture, out _) ? "has a number that is not finite"
        : DateTime.TryParse(text.Value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? "holds dates" : "is not numeric";

    /// <summary>Adds a cell of the row under way.</summary>
    public void Add(CsvReader row, int index)
    {
        if (kind == CellKind.Ignored)
        {
            return;
        }

        ReadOnlySpan<byte> cell = row.GetSpan(index);
        bool isNumber = float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out float number);
        bool isMissing = cell.IsEmpty || float.IsNaN(number);
        if (isMissing)
        {
            FirstMissingLine = Missing++ == 0 ? row.LineNumber : FirstMissingLine;
        }
        else if (isNumber && float.IsFinite(number))
        {
            Numbers++;
        }
        else
        {
            FirstText ??= (row.LineNumber, row.GetString(index));
        }

        if (kind == CellKind.Number)
        {
            _numbers.Append(isMissing ? float.NaN : number);
        }
        else
        {
            _texts.Append(row.GetString(index));
        }

        if (isLabel && !isMissing && !HasTooManyValues)
        {
            _distinct.Add(row.GetString(index));
        }
    }
}
