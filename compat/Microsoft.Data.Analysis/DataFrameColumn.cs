using System.Collections;
using System.Globalization;
using System.Text;
using Microsoft.ML;

namespace Microsoft.Data.Analysis;

/// <summary>A named column of values of one type, any of which may be missing (null).</summary>
public abstract partial class DataFrameColumn : IEnumerable
{
    private protected DataFrameColumn(string name, Type type)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        DataType = type;
    }

    public string Name { get; private set; }

    public Type DataType { get; }

    public abstract long Length { get; }

    public abstract long NullCount { get; }

    public object? this[long rowIndex]
    {
        get => GetValue(rowIndex);
        set => SetValue(rowIndex, value);
    }

    public static PrimitiveDataFrameColumn<T> Create<T>(string name, IEnumerable<T> values)
        where T : unmanaged, ISpanParsable<T>, IComparable<T> => new(name, values);

    public static PrimitiveDataFrameColumn<T> Create<T>(string name, IEnumerable<T?> values)
        where T : unmanaged, ISpanParsable<T>, IComparable<T> => new(name, values);

    public static StringDataFrameColumn Create(string name, IEnumerable<string?> values) => new(name, values);

    public void SetName(string newName) => Name = newName;

    public abstract bool IsValid(long index);

    public virtual bool IsNumericColumn() => false;

    public DataFrameColumn Clone() => Take(Rows(0, Length));

    /// <summary>The rows whose Int32 or Int64 indices <paramref name="mapIndices"/> holds, in that order; a null gives a null.</summary>
    public DataFrameColumn Clone(DataFrameColumn mapIndices) => Take(RowIndices(mapIndices));

    public DataFrameColumn Sort(bool ascending = true, bool putNullValuesLast = true) => Take(SortedRows(ascending, putNullValuesLast));

    public DataFrameColumn DropNulls() => Take(Rows(0, Length).Where(IsValid));

    public DataFrameColumn FillNulls(object value, bool inPlace = false)
    {
        object? filling = ConvertValue(value, CultureInfo.CurrentCulture);
        DataFrameColumn result = inPlace ? this : Clone();
        for (long row = 0; row < result.Length; row++)
        {
            if (!result.IsValid(row))
            {
                result.SetValue(row, filling);
            }
        }

        return result;
    }

    /// <summary>A frame of the distinct values other than null, in order of appearance, and of how often each occurs.</summary>
    public DataFrame ValueCounts()
    {
        Dictionary<object, List<long>> groups = GroupRows();
        DataFrameColumn values = TakeUnnamed(groups.Values.Select(rows => rows[0]));
        values.SetName("Values");
        return new DataFrame(values, new PrimitiveDataFrameColumn<long>("Counts", groups.Values.Select(rows => (long)rows.Count)));
    }

    public StringDataFrameColumn Info() => new(Name, [DataType.ToString(), (Length - NullCount).ToString(CultureInfo.CurrentCulture)]);

    /// <summary>Number of values, largest, smallest and mean of a numeric column.</summary>
    public virtual DataFrameColumn Description() => throw NotNumeric(nameof(Description));

    public virtual bool HasDescription() => false;

    public object? Sum() => Sum(Rows(0, Length));

    public object? Min() => Min(Rows(0, Length).Where(IsValid));

    public object? Max() => Max(Rows(0, Length).Where(IsValid));

    /// <summary>Of the given rows; a missing value counts as zero.</summary>
    public virtual object? Sum(IEnumerable<long> rowIndices) => throw NotNumeric(nameof(Sum));

    public virtual object? Min(IEnumerable<long> rowIndices) => throw NotNumeric(nameof(Min));

    public virtual object? Max(IEnumerable<long> rowIndices) => throw NotNumeric(nameof(Max));

    public virtual double Mean() => throw NotNumeric(nameof(Mean));

    public virtual double Median() => throw NotNumeric(nameof(Median));

    public override string ToString()
    {
        var text = new StringBuilder(Name);
        foreach (object? value in this)
        {
            text.AppendLine(value?.ToString() ?? "null");
        }

        return text.Append(CultureInfo.InvariantCulture, $"Name: {Name}, Type: {DataType}").ToString();
    }

    IEnumerator IEnumerable.GetEnumerator() => Rows(0, Length).Select(GetValue).GetEnumerator();

    protected abstract object? GetValue(long rowIndex);

    protected abstract void SetValue(long rowIndex, object? value);

    /// <summary>An empty column of this column's class.</summary>
    internal abstract DataFrameColumn CreateEmpty(string name);

    internal abstract void AppendNull();

    /// <summary>Appends a value of <see cref="DataType"/>, or null.</summary>
    internal abstract void AppendValue(object? value);

    /// <summary>Appends the value that <paramref name="source"/>, a column of the same type, has in that row.</summary>
    internal abstract void AppendFrom(DataFrameColumn source, long row);

    internal virtual void AppendText(ReadOnlySpan<char> text, CultureInfo culture) => throw NotNumeric("Reading text");

    /// <summary>Order of two rows that hold values.</summary>
    internal abstract int CompareRows(long left, long right);

    internal abstract void AddDataViewColumn(DataViewSchema.Builder builder);

    internal abstract Delegate CreateGetter(DataViewRowCursor cursor);

    /// <summary>An action that appends the value of the cursor's current row.</summary>
    internal abstract Action CreateAppender(DataViewRowCursor cursor, DataViewSchema.Column source);

    internal virtual object? ConvertValue(object? value, CultureInfo culture) =>
        value is null || (value is string text && IsNullText(text)) ? null : Convert.ChangeType(value, DataType, culture);

    internal static bool IsNullText(ReadOnlySpan<char> text) => text.IsEmpty || text.Equals("null", StringComparison.OrdinalIgnoreCase);

    internal static IEnumerable<long> Rows(long start, long end)
    {
        for (long row = start; row < end; row++)
        {
            yield return row;
        }
    }

    internal static IEnumerable<long?> RowIndices(DataFrameColumn indices) => indices switch
    {
        PrimitiveDataFrameColumn<int> ints => ints.Select(index => (long?)index),
        PrimitiveDataFrameColumn<long> longs => longs,
        _ => throw new ArgumentException($"Expected column '{indices.Name}' to hold Int32 or Int64 row indices", nameof(indices)),
    };

    internal DataFrameColumn Take(IEnumerable<long> rows) => Take(rows.Select(row => (long?)row));

    internal DataFrameColumn Take(IEnumerable<long?> rows) => Append(CreateEmpty(Name), rows);

    /// <summary>As <see cref="Take(IEnumerable{long})"/>, for results whose class ML.NET leaves general.</summary>
    internal virtual DataFrameColumn TakeUnnamed(IEnumerable<long> rows) => Take(rows);

    /// <summary>Row indices by value; rows without a value belong to no group.</summary>
    internal Dictionary<object, List<long>> GroupRows()
    {
        var groups = new Dictionary<object, List<long>>();
        for (long row = 0; row < Length; row++)
        {
            if (GetValue(row) is { } value)
            {
                if (!groups.TryGetValue(value, out List<long>? rows))
                {
                    groups.Add(value, rows = []);
                }

                rows.Add(row);
            }
        }

        return groups;
    }

    /// <summary>Equal values come in the order that the runtime's sort gives them, as in ML.NET; descending order is its reverse.</summary>
    internal IEnumerable<long> SortedRows(bool ascending, bool putNullValuesLast)
    {
        IEnumerable<long> nulls = Rows(0, Length).Where(row => !IsValid(row));
        long[] sorted = [.. Rows(0, Length)];
        Array.Sort(sorted, (left, right) =>
            IsValid(left) && IsValid(right) ? CompareRows(left, right) : IsValid(left).CompareTo(IsValid(right)));
        if (!ascending)
        {
            Array.Reverse(sorted);
        }

        IEnumerable<long> values = sorted.Where(IsValid);
        return putNullValuesLast ? values.Concat(nulls) : nulls.Concat(values);
    }

    private protected DataFrameColumn Append(DataFrameColumn result, IEnumerable<long?> rows)
    {
        foreach (long? row in rows)
        {
            if (row is null)
            {
                result.AppendNull();
            }
            else if ((ulong)row.Value < (ulong)Length)
            {
                result.AppendFrom(this, row.Value);
            }
            else
            {
                throw new IndexOutOfRangeException();
            }
        }

        return result;
    }

    private protected void CheckIndex(long index)
    {
        if ((ulong)index >= (ulong)Length)
        {
            throw new ArgumentOutOfRangeException(nameof(index), $"Row {index} of column '{Name}', which has {Length} rows.");
        }
    }

    private protected T CheckType<T>(object value) =>
        value is T typed ? typed : throw new ArgumentException($"Expected value to be of type {typeof(T)}", nameof(value));

    private protected NotSupportedException NotNumeric(string operation) =>
        new($"{operation} needs a numeric column: column '{Name}' is of type {DataType}.");
}
