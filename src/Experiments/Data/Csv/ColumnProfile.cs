using System.Globalization;

namespace EE569.Experiments.Data.Csv;

/// <summary>What a scan of a CSV file found in one column.</summary>
internal sealed class ColumnProfile(string name)
{
    /// <summary>Different values are counted up to here; a column with more is no class label.</summary>
    public const int MostDistinctValues = 1000;

    private readonly HashSet<string> _distinct = new(StringComparer.Ordinal);

    public string Name => name;

    /// <summary>Cells without a value: empty or NaN.</summary>
    public long Missing { get; private set; }

    /// <summary>The line of the first cell without a value.</summary>
    public long FirstMissingLine { get; private set; }

    /// <summary>Cells that hold a number.</summary>
    public long Numbers { get; private set; }

    /// <summary>The first cell with a value that is no number.</summary>
    public (long Line, string Value)? FirstText { get; private set; }

    public bool IsNumeric => FirstText is null && Numbers > 0;

    public bool HasTooManyValues { get; private set; }

    /// <summary>The different values in ordinal order; numbers by size when all are numbers.</summary>
    public IReadOnlyList<string> DistinctValues => IsNumeric
        ? [.. _distinct.OrderBy(value => double.Parse(value, CultureInfo.InvariantCulture)).ThenBy(value => value, StringComparer.Ordinal)]
        : [.. _distinct.Order(StringComparer.Ordinal)];

    /// <summary>Whether the first text reads as a date.</summary>
    public bool LooksLikeDate => FirstText is { } text && DateTime.TryParse(text.Value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public void Add(string cell, long line)
    {
        bool isNumber = float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out float number);
        if (cell.Length == 0 || (isNumber && float.IsNaN(number)))
        {
            FirstMissingLine = Missing == 0 ? line : FirstMissingLine;
            Missing++;
            return;
        }

        if (isNumber)
        {
            Numbers++;
        }
        else
        {
            FirstText ??= (line, cell);
        }

        if (!HasTooManyValues && _distinct.Add(cell) && _distinct.Count > MostDistinctValues)
        {
            HasTooManyValues = true;
            _distinct.Clear();
        }
    }
}
