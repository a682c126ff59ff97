using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Microsoft.Data.Analysis;

public class StringDataFrameColumn : DataFrameColumn, IEnumerable<string?>
{
    private readonly StringPool _pool = new();
    private readonly List<string?> _values = [];
    private long _nullCount;

    public StringDataFrameColumn(string name, long length = 0)
        : this(name, Enumerable.Repeat<string?>(null, checked((int)length)))
    {
    }

    public StringDataFrameColumn(string name, IEnumerable<string?> values)
        : base(name, typeof(string))
    {
        foreach (string? value in values)
        {
            Append(value);
        }
    }

    public override long Length => _values.Count;

    public override long NullCount => _nullCount;

    public new string? this[long rowIndex]
    {
        get
        {
            CheckIndex(rowIndex);
            return _values[(int)rowIndex];
        }

        set
        {
            CheckIndex(rowIndex);
            _nullCount += (value is null ? 1 : 0) - (_values[(int)rowIndex] is null ? 1 : 0);
            _values[(int)rowIndex] = value;
        }
    }

    public override bool IsValid(long index) => _values[(int)index] is not null;

    public void Append(string? value)
    {
        _values.Add(value);
        _nullCount += value is null ? 1 : 0;
    }

    public new StringDataFrameColumn Clone() => (StringDataFrameColumn)base.Clone();

    public new StringDataFrameColumn Sort(bool ascending = true, bool putNullValuesLast = true) =>
        (StringDataFrameColumn)base.Sort(ascending, putNullValuesLast);

    public new StringDataFrameColumn DropNulls() => (StringDataFrameColumn)base.DropNulls();

    public StringDataFrameColumn FillNulls(string value, bool inPlace = false) => (StringDataFrameColumn)base.FillNulls(value, inPlace);

    public IEnumerator<string?> GetEnumerator() => _values.GetEnumerator();

    protected override object? GetValue(long rowIndex) => this[rowIndex];

    protected override void SetValue(long rowIndex, object? value) => this[rowIndex] = value is null ? null : CheckType<string>(value);

    internal override DataFrameColumn CreateEmpty(string name) => new StringDataFrameColumn(name);

    internal override void AppendNull() => Append(null);

    internal override void AppendValue(object? value) => Append((string?)value);

    internal override void AppendFrom(DataFrameColumn source, long row) => Append(((StringDataFrameColumn)source)[row]);

    internal override void AppendText(ReadOnlySpan<char> text, CultureInfo culture) =>
        Append(!text.IsEmpty && IsNullText(text) ? null : _pool.GetString(text));

    /// <summary>An empty text is a value of this column, unlike of any other.</summary>
    internal override object? ConvertValue(object? value, CultureInfo culture) => value is "" ? value : base.ConvertValue(value, culture);

    internal override int CompareRows(long left, long right) => string.CompareOrdinal(_values[(int)left], _values[(int)right]);

    internal override DataFrameColumn Calculate(ArithmeticOperation operation, object? operand, bool reversed = false)
    {
        if (operation != ArithmeticOperation.Add || reversed)
        {
            return base.Calculate(operation, operand, reversed);
        }

        Arithmetic.CheckLength(this, operand);
        return new StringDataFrameColumn(Name, Rows(0, Length).Select(
            row => _values[(int)row] + (operand is DataFrameColumn column ? column[row] : operand)));
    }

    internal override void AddDataViewColumn(DataViewSchema.Builder builder) => builder.AddColumn(Name, TextDataViewType.Instance);

    internal override Delegate CreateGetter(DataViewRowCursor cursor)
    {
        ValueGetter<ReadOnlyMemory<char>> getter = (ref ReadOnlyMemory<char> value) => value = this[cursor.Position].AsMemory();
        return getter;
    }

    internal override Action CreateAppender(DataViewRowCursor cursor, DataViewSchema.Column source)
    {
        ValueGetter<ReadOnlyMemory<char>> getter = cursor.GetGetter<ReadOnlyMemory<char>>(source);
        ReadOnlyMemory<char> value = default;
        return () =>
        {
            getter(ref value);
            Append(_pool.GetString(value.Span));
        };
    }

    private protected override Func<long, bool>? Comparison(ComparisonOperation operation, object? operand)
    {
        bool Same(long row) => Equals(_values[(int)row], operand is DataFrameColumn column ? column[row] : operand);
        return operation switch
        {
            ComparisonOperation.Equals => Same,
            ComparisonOperation.NotEquals => row => !Same(row),
            _ => null,
        };
    }
}
