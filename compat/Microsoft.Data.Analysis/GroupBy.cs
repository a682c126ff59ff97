using System.Globalization;

namespace Microsoft.Data.Analysis;

/// <summary>Rows of a frame grouped by the values of one column; the result of each aggregation has a row for each group.</summary>
public class GroupBy
{
    private readonly DataFrame _frame;
    private readonly DataFrameColumn _key;
    private readonly List<long>[] _groups;

    internal GroupBy(DataFrame frame, DataFrameColumn key)
    {
        _frame = frame;
        _key = key;
        _groups = [.. key.GroupRows().Values];
    }

    /// <summary>Number of values other than null. Here and below, no column names mean every other column.</summary>
    public DataFrame Count(params string[] columnNames) => Aggregate(columnNames, column =>
        new PrimitiveDataFrameColumn<long>(column.Name, _groups.Select(rows => rows.LongCount(column.IsValid))));

    public DataFrame First(params string[] columnNames) =>
        Aggregate(columnNames, column => column.Take(_groups.Select(rows => rows[0])));

    public DataFrame Sum(params string[] columnNames) => Aggregate(columnNames, column => Aggregate(column, column.Sum));

    public DataFrame Min(params string[] columnNames) => Aggregate(columnNames, column => Aggregate(column, column.Min));

    public DataFrame Max(params string[] columnNames) => Aggregate(columnNames, column => Aggregate(column, column.Max));

    /// <summary>Sum over the number of rows: a null counts as zero.</summary>
    public DataFrame Mean(params string[] columnNames) => Aggregate(columnNames, column => new PrimitiveDataFrameColumn<double>(
        column.Name, _groups.Select(rows => Convert.ToDouble(column.Sum(rows), CultureInfo.InvariantCulture) / rows.Count)));

    private DataFrame Aggregate(string[] columnNames, Func<DataFrameColumn, DataFrameColumn> aggregate)
    {
        IEnumerable<DataFrameColumn> columns = columnNames.Length > 0 ? columnNames.Select(name => _frame.Columns[name]) : _frame.Columns;
        return new DataFrame([_key.Take(_groups.Select(rows => rows[0])), .. columns.Where(column => column != _key).Select(aggregate)]);
    }

    private DataFrameColumn Aggregate(DataFrameColumn column, Func<IEnumerable<long>, object?> aggregate)
    {
        DataFrameColumn result = column.CreateEmpty(column.Name);
        foreach (List<long> rows in _groups)
        {
            result.AppendValue(aggregate(rows));
        }

        return result;
    }
}
