using System.Globalization;
using System.Text;

namespace Microsoft.Data.Analysis;

/// <summary>A table in memory: columns of one length under different names.</summary>
public partial class DataFrame
{
    private const int DefaultRowsShown = 25;
    private const int MinColumnWidth = 10;

    public DataFrame(IEnumerable<DataFrameColumn> columns)
    {
        Columns = new DataFrameColumnCollection(columns);
        Rows = new DataFrameRowCollection(this);
    }

    public DataFrame(params DataFrameColumn[] columns)
        : this((IEnumerable<DataFrameColumn>)columns)
    {
    }

    public DataFrameColumnCollection Columns { get; }

    public DataFrameRowCollection Rows { get; }

    public object? this[long rowIndex, int columnIndex]
    {
        get => Columns[columnIndex][rowIndex];
        set => Columns[columnIndex][rowIndex] = value;
    }

    public DataFrameColumn this[string columnName]
    {
        get => Columns[columnName];
        set => Columns[columnName] = value;
    }

    public DataFrame this[PrimitiveDataFrameColumn<bool> rowFilter] => Filter(rowFilter);

    public DataFrame this[PrimitiveDataFrameColumn<int> rowIndices] => Filter(rowIndices);

    public DataFrame this[PrimitiveDataFrameColumn<long> rowIndices] => Filter(rowIndices);

    /// <summary>The rows whose value in <paramref name="filter"/> is true.</summary>
    public DataFrame Filter(PrimitiveDataFrameColumn<bool> filter) =>
        Take([.. DataFrameColumn.Rows(0, filter.Length).Where(row => filter[row] == true)]);

    public DataFrame Filter(PrimitiveDataFrameColumn<int> rowIndices) => Select(column => column.Clone(rowIndices));

    public DataFrame Filter(PrimitiveDataFrameColumn<long> rowIndices) => Select(column => column.Clone(rowIndices));

    public DataFrame Head(int numberOfRows) => Take(DataFrameColumn.Rows(0, numberOfRows));

    public DataFrame Tail(int numberOfRows) => Take(DataFrameColumn.Rows(Rows.Count - numberOfRows, Rows.Count));

    public DataFrame Clone() => Select(column => column.Clone());

    public DataFrame OrderBy(string columnName, bool ascending = true, bool putNullValuesLast = true) =>
        Take([.. Columns[columnName].SortedRows(ascending, putNullValuesLast)]);

    public DataFrame OrderByDescending(string columnName, bool putNullValuesLast = true) =>
        OrderBy(columnName, ascending: false, putNullValuesLast);

    public GroupBy GroupBy(string columnName) => new(this, Columns[columnName]);

    /// <summary>Without the rows that hold any null, or nothing but nulls.</summary>
    public DataFrame DropNulls(DropNullOptions options = DropNullOptions.Any) =>
        Take([.. DataFrameColumn.Rows(0, Rows.Count).Where(row => options == DropNullOptions.Any
            ? Columns.All(column => column.IsValid(row))
            : Columns.Any(column => column.IsValid(row)))]);

    public DataFrame FillNulls(object value, bool inPlace = false)
    {
        DataFrame result = inPlace ? this : Clone();
        foreach (DataFrameColumn column in result.Columns)
        {
            column.FillNulls(value, inPlace: true);
        }

        return result;
    }

    /// <summary>
    /// One value for each column. As in ML.NET 0.23, <em>this</em> frame is filled either way; without
    /// <paramref name="inPlace"/> the result is a copy from before.
    /// </summary>
    public DataFrame FillNulls(IList<object> values, bool inPlace = false)
    {
        if (values.Count != Columns.Count)
        {
            throw new ArgumentException("Column lengths are mismatched", nameof(values));
        }

        DataFrame result = inPlace ? this : Clone();
        for (int i = 0; i < values.Count; i++)
        {
            Columns[i].FillNulls(values[i], inPlace: true);
        }

        return result;
    }

    /// <summary>Appends rows by column name.</summary>
    public DataFrame Append(IEnumerable<DataFrameRow> rows, bool inPlace = false, CultureInfo? cultureInfo = null)
    {
        DataFrame result = inPlace ? this : Clone();
        foreach (DataFrameRow row in rows)
        {
            result.Append(row.GetValues(), inPlace: true, cultureInfo);
        }

        return result;
    }

    /// <summary>Appends a row of values in the order of the columns, converted to their types; the rest is null.</summary>
    public DataFrame Append(IEnumerable<object?>? row = null, bool inPlace = false, CultureInfo? cultureInfo = null)
    {
        object?[] values = [.. row ?? []];
        return values.Length <= Columns.Count
            ? AppendConverted(values, inPlace, cultureInfo)
            : throw new ArgumentException(
                $"Parameter.Count exceeds the number of columns({Columns.Count}) in the DataFrame ", nameof(row));
    }

    /// <summary>Appends a row of named values; columns not named get a null.</summary>
    public DataFrame Append(IEnumerable<KeyValuePair<string, object?>> row, bool inPlace = false, CultureInfo? cultureInfo = null)
    {
        var values = new object?[Columns.Count];
        foreach ((string columnName, object? value) in row)
        {
            values[Columns.IndexOf(Columns[columnName].Name)] = value;
        }

        return AppendConverted(values, inPlace, cultureInfo);
    }

    /// <summary>The type of each column and the number of its values.</summary>
    public DataFrame Info() =>
        new([new StringDataFrameColumn("Info", ["DataType", "Length (excluding null values)"]),
            .. Columns.Select(column => column.Info())]);

    /// <summary>Number of values, largest, smallest and mean of each column that has them; an empty frame if none has.</summary>
    public DataFrame Description()
    {
        DataFrameColumn[] described = [.. Columns.Where(column => column.HasDescription()).Select(column => column.Description())];
        var labels = new StringDataFrameColumn("Description", ["Length (excluding null values)", "Max", "Min", "Mean"]);
        return described.Length == 0 ? new DataFrame() : new DataFrame([labels, .. described]);
    }

    public override string ToString() => ToString(DefaultRowsShown);

    public string ToString(long rowsToShow)
    {
        int width = Columns.Select(column => column.Name.Length + 1).Append(MinColumnWidth).Max();
        var text = new StringBuilder();
        text.AppendLine(string.Concat(Columns.Select(column => column.Name.PadRight(width))));
        long shown = Math.Min(rowsToShow, Rows.Count);
        for (long row = 0; row < shown; row++)
        {
            text.AppendLine(string.Concat(Columns.Select(column => (column[row]?.ToString() ?? "null").PadRight(width))));
        }

        if (shown < Rows.Count)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  ... {shown} of total {Rows.Count}");
        }

        return text.ToString();
    }

    private DataFrame Select(Func<DataFrameColumn, DataFrameColumn> map) => new(Columns.Select(map));

    private DataFrame Take(IEnumerable<long> rows) => Select(column => column.Take(rows));

    private DataFrame AppendConverted(object?[] values, bool inPlace, CultureInfo? cultureInfo)
    {
        cultureInfo ??= CultureInfo.CurrentCulture;
        object?[] converted = [.. Columns.Zip(values, (column, value) => column.ConvertValue(value, cultureInfo))];
        DataFrame result = inPlace ? this : Clone();
        for (int i = 0; i < result.Columns.Count; i++)
        {
            result.Columns[i].AppendValue(i < converted.Length ? converted[i] : null);
        }

        return result;
    }
}

public enum DropNullOptions
{
    Any,
    All,
}
