using System.Collections;
using System.Globalization;
using Microsoft.ML;

namespace Microsoft.Data.Analysis;

/// <summary>A column of numbers, booleans, dates or characters: one array of values and one bit per missing value.</summary>
public class PrimitiveDataFrameColumn<T> : DataFrameColumn, IEnumerable<T?>
    where T : unmanaged, ISpanParsable<T>, IComparable<T>
{
    private T[] _values = [];
    private ulong[] _nulls = [];
    private long _length;
    private long _nullCount;

    public PrimitiveDataFrameColumn(string name, long length = 0) : base(name, typeof(T)) =>
        AppendAll(Rows(0, length).Select(_ => (T?)null));

    public PrimitiveDataFrameColumn(string name, IEnumerable<T> values) : base(name, typeof(T)) => AppendAll(values);

    public PrimitiveDataFrameColumn(string name, IEnumerable<T?> values) : base(name, typeof(T)) => AppendAll(values);

    public override long Length => _length;

    public override long NullCount => _nullCount;

    public new T? this[long rowIndex]
    {
        get
        {
            CheckIndex(rowIndex);
            return IsValid(rowIndex) ? _values[rowIndex] : null;
        }

        set
        {
            CheckIndex(rowIndex);
            Store(rowIndex, value);
        }
    }

    /// <summary>True unless the value is missing. Rows beyond the bits kept so far hold values.</summary>
    public override bool IsValid(long index)
    {
        long word = index >> 6;
        return word >= _nulls.Length || ((_nulls[word] >> (int)(index & 63)) & 1) == 0;
    }

    public void Append(T? value)
    {
        if (_length == _values.Length)
        {
            Array.Resize(ref _values, (int)Math.Min(Array.MaxLength, Math.Max(16, _length * 2)));
        }

        Store(_length++, value);
    }

    public new PrimitiveDataFrameColumn<T> Clone() => (PrimitiveDataFrameColumn<T>)base.Clone();

    public new PrimitiveDataFrameColumn<T> Sort(bool ascending = true, bool putNullValuesLast = true) =>
        (PrimitiveDataFrameColumn<T>)base.Sort(ascending, putNullValuesLast);

    public new PrimitiveDataFrameColumn<T> DropNulls() => (PrimitiveDataFrameColumn<T>)base.DropNulls();

    public PrimitiveDataFrameColumn<T> FillNulls(T value, bool inPlace = false) =>
        (PrimitiveDataFrameColumn<T>)base.FillNulls(value, inPlace);

    public override bool IsNumericColumn() => Arithmetic.Of(typeof(T)) is not null;

    public override bool HasDescription() => IsNumericColumn() || typeof(T) == typeof(DateTime);

    public override DataFrameColumn Description()
    {
        bool empty = NullCount == Length || !IsNumericColumn();
        float? Number(object? value) => empty ? null : Convert.ToSingle(value, CultureInfo.InvariantCulture);
        return new PrimitiveDataFrameColumn<float>(
            Name, [Length - NullCount, Number(empty ? null : Max()), Number(empty ? null : Min()), Number(empty ? null : Sum()) / Length]);
    }

    /// <summary>Null when the column holds no value.</summary>
    public override object? Sum(IEnumerable<long> rowIndices) => Length == NullCount
        ? null
        : (Arithmetic.Of(typeof(T)) ?? throw NotNumeric(nameof(Sum))).Sum(this, rowIndices);

    public override object? Min(IEnumerable<long> rowIndices) => Extreme(rowIndices, -1);

    public override object? Max(IEnumerable<long> rowIndices) => Extreme(rowIndices, 1);

    public override double Mean() =>
        Length == NullCount ? 0 : Convert.ToDouble(Sum(), CultureInfo.InvariantCulture) / (Length - NullCount);

    public override double Median()
    {
        Func<long, double> read = (Arithmetic.Of(typeof(T)) ?? throw NotNumeric(nameof(Median))).Reader<double>(this);
        double[] sorted = [.. Rows(0, Length).Where(IsValid).Select(read).Order()];
        int middle = sorted.Length / 2;
        return sorted.Length == 0 ? 0 : sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public IEnumerator<T?> GetEnumerator()
    {
        for (long row = 0; row < Length; row++)
        {
            yield return this[row];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected override object? GetValue(long rowIndex) => this[rowIndex];

    protected override void SetValue(long rowIndex, object? value) => this[rowIndex] = value is null ? null : CheckType<T>(value);

    /// <summary>The value, or zero where it is missing.</summary>
    internal T ValueOrDefault(long row) => _values[row];

    internal override DataFrameColumn CreateEmpty(string name) =>
        GetType() == typeof(PrimitiveDataFrameColumn<T>) ? new PrimitiveDataFrameColumn<T>(name) : DataFrameColumns.Create(typeof(T), name);

    internal override DataFrameColumn TakeUnnamed(IEnumerable<long> rows) =>
        Append(new PrimitiveDataFrameColumn<T>(Name), rows.Select(row => (long?)row));

    internal override void AppendNull() => Append(null);

    internal override void AppendValue(object? value) => Append((T?)value);

    internal override void AppendFrom(DataFrameColumn source, long row) => Append(((PrimitiveDataFrameColumn<T>)source)[row]);

    internal override void AppendText(ReadOnlySpan<char> text, CultureInfo culture) =>
        Append(IsNullText(text) ? null : T.Parse(text, culture));

    internal override int CompareRows(long left, long right) => _values[left].CompareTo(_values[right]);

    internal override void AddDataViewColumn(DataViewSchema.Builder builder) =>
        builder.AddColumn(Name, DataFrameColumns.DataViewTypeOf(typeof(T)));

    internal override Delegate CreateGetter(DataViewRowCursor cursor) => this switch
    {
        PrimitiveDataFrameColumn<float> column => Getter(cursor, row => column[row] ?? float.NaN),
        PrimitiveDataFrameColumn<double> column => Getter(cursor, row => column[row] ?? double.NaN),
        PrimitiveDataFrameColumn<decimal> column => Getter(cursor, row => (double?)column[row] ?? double.NaN),
        PrimitiveDataFrameColumn<char> column => Getter(cursor, row => (ushort)column.ValueOrDefault(row)),
        _ => Getter(cursor, ValueOrDefault),
    };

    internal override Action CreateAppender(DataViewRowCursor cursor, DataViewSchema.Column source)
    {
        ValueGetter<T> getter = cursor.GetGetter<T>(source);
        T value = default;
        return () =>
        {
            getter(ref value);
            Append(value);
        };
    }

    private protected void AppendAll(IEnumerable<T> values) => AppendAll(values.Select(value => (T?)value));

    private protected void AppendAll(IEnumerable<T?> values)
    {
        foreach (T? value in values)
        {
            Append(value);
        }
    }

    private static ValueGetter<TValue> Getter<TValue>(DataViewRowCursor cursor, Func<long, TValue> read) =>
        (ref TValue value) => value = read(cursor.Position);

    private protected override Func<long, bool>? Comparison(ComparisonOperation operation, object? operand)
    {
        Func<long, T>? right = operand switch
        {
            T value => _ => value,
            PrimitiveDataFrameColumn<T> column => column.ValueOrDefault,
            _ => null,
        };
        return right is null ? null : operation switch
        {
            ComparisonOperation.Equals => row => _values[row].CompareTo(right(row)) == 0,
            ComparisonOperation.NotEquals => row => _values[row].CompareTo(right(row)) != 0,
            ComparisonOperation.GreaterThan => row => _values[row].CompareTo(right(row)) > 0,
            ComparisonOperation.GreaterThanOrEqual => row => _values[row].CompareTo(right(row)) >= 0,
            ComparisonOperation.LessThan => row => _values[row].CompareTo(right(row)) < 0,
            _ => row => _values[row].CompareTo(right(row)) <= 0,
        };
    }

    private object? Extreme(IEnumerable<long> rows, int sign)
    {
        if (typeof(T) == typeof(bool))
        {
            throw NotNumeric(sign < 0 ? nameof(Min) : nameof(Max));
        }

        T? best = null;
        foreach (long row in rows)
        {
            best = best is null || IsBeyond(_values[row], best.Value) ? _values[row] : best;
        }

        // NaN is smaller than every number to CompareTo, but both extremes of numbers with a NaN among them are NaN.
        static bool IsNaN(T value) => value is float.NaN or double.NaN;
        bool IsBeyond(T value, T other) => IsNaN(value) || (!IsNaN(other) && value.CompareTo(other) * sign > 0);
        return best;
    }

    private void Store(long row, T? value)
    {
        long word = row >> 6;
        ulong bit = 1ul << (int)(row & 63);
        bool wasNull = word < _nulls.Length && (_nulls[word] & bit) != 0;
        _values[row] = value.GetValueOrDefault();
        if (value is null && !wasNull)
        {
            if (word >= _nulls.Length)
            {
                Array.Resize(ref _nulls, (int)Math.Max(word + 1, _nulls.Length * 2L));
            }

            _nulls[word] |= bit;
            _nullCount++;
        }
        else if (value is not null && wasNull)
        {
            _nulls[word] &= ~bit;
            _nullCount--;
        }
    }
}
