using System.Text.Json.Nodes;
using CsvHelper;

namespace EE569.Experiments.Results;

/// <summary>Named columns of numbers and texts: what a study reports, what a figure draws and what a CSV file holds.</summary>
internal sealed class Table
{
    private readonly List<object?[]> _rows = [];

    public Table(string name, params IReadOnlyList<Column> columns)
    {
        Name = name;
        Columns = columns;
    }

    /// <summary>A short name fit for a file.</summary>
    public string Name { get; }

    /// <summary>A heading for readers; the name when none is given.</summary>
    public string Title { get => field ?? Name; init; }

    public IReadOnlyList<Column> Columns { get; }

    public IReadOnlyList<object?[]> Rows => _rows;

    /// <summary>Appends a row; cells are numbers, texts, booleans or null.</summary>
    public Table Add(params object?[] cells)
    {
        if (cells.Length != Columns.Count)
        {
            throw new ArgumentException($"Table '{Name}' has {Columns.Count} columns, the row has {cells.Length}.", nameof(cells));
        }

        _rows.Add(cells);
        return this;
    }

    /// <summary>The column's cells, in order.</summary>
    public IEnumerable<T> Values<T>(string column)
    {
        int index = IndexOf(column);
        return _rows.Select(row => (T)Convert.ChangeType(row[index]!, typeof(T), CultureInfo.InvariantCulture));
    }

    /// <summary>The cell as readers see it.</summary>
    public string Display(object? cell, int column) => cell switch
    {
        null => "",
        double or float when !double.IsFinite(Convert.ToDouble(cell, CultureInfo.InvariantCulture)) =>
            Convert.ToDouble(cell, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        double or float => ((IFormattable)cell).ToString(Columns[column].Format ?? "G4", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(Columns[column].Format, CultureInfo.InvariantCulture),
        _ => cell.ToString()!,
    };

    /// <summary>The rows as Vega-Lite wants them: one object per row. What is not finite becomes null, which charts leave out.</summary>
    public JsonArray ToJson()
    {
        var array = new JsonArray();
        foreach (object?[] row in _rows)
        {
            var item = new JsonObject();
            for (int i = 0; i < row.Length; i++)
            {
                item[Columns[i].Name] = ToJson(row[i]);
            }

            array.Add(item);
        }

        return array;
    }

    /// <summary>Writes RFC 4180 text: a header line, numbers that read back to the same bits, LF line ends.</summary>
    public void WriteCsv(TextWriter writer) => WriteCsv(writer, () => { });

    /// <summary>As above; <paramref name="onRow"/> is called after each row.</summary>
    public void WriteCsv(TextWriter writer, Action onRow)
    {
        using var csv = CsvWriter.Create(writer, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        foreach (Column column in Columns)
        {
            csv.WriteField(column.Name);
        }

        csv.EndRecord();
        foreach (object?[] row in _rows)
        {
            foreach (object? cell in row)
            {
                csv.WriteField(Convert.ToString(cell, CultureInfo.InvariantCulture));
            }

            csv.EndRecord();
            onRow();
        }
    }

    private static JsonValue? ToJson(object? cell) => cell switch
    {
        double value => double.IsFinite(value) ? JsonValue.Create(value) : null,
        float value => float.IsFinite(value) ? JsonValue.Create(value) : null,
        int value => JsonValue.Create(value),
        long value => JsonValue.Create(value),
        bool value => JsonValue.Create(value),
        null => null,
        _ => JsonValue.Create(Convert.ToString(cell, CultureInfo.InvariantCulture)),
    };

    private int IndexOf(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == column)
            {
                return i;
            }
        }

        throw new ArgumentException($"Table '{Name}' has no column '{column}'.", nameof(column));
    }
}
