using Microsoft.ML.Data;

namespace Microsoft.Data.Analysis;

/// <summary>The column class and the data view type of each value type.</summary>
internal static class DataFrameColumns
{
    public static DataFrameColumn Create(Type type, string name) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => new BooleanDataFrameColumn(name),
        TypeCode.Byte => new ByteDataFrameColumn(name),
        TypeCode.Char => new CharDataFrameColumn(name),
        TypeCode.DateTime => new DateTimeDataFrameColumn(name),
        TypeCode.Decimal => new DecimalDataFrameColumn(name),
        TypeCode.Double => new DoubleDataFrameColumn(name),
        TypeCode.Int16 => new Int16DataFrameColumn(name),
        TypeCode.Int32 => new Int32DataFrameColumn(name),
        TypeCode.Int64 => new Int64DataFrameColumn(name),
        TypeCode.SByte => new SByteDataFrameColumn(name),
        TypeCode.Single => new SingleDataFrameColumn(name),
        TypeCode.UInt16 => new UInt16DataFrameColumn(name),
        TypeCode.UInt32 => new UInt32DataFrameColumn(name),
        TypeCode.UInt64 => new UInt64DataFrameColumn(name),
        TypeCode.String => new StringDataFrameColumn(name),
        _ => throw new NotSupportedException($"{type.Name} is not a supported column type."),
    };

    public static PrimitiveDataViewType DataViewTypeOf(Type type) =>
        DataViewTypes.PrimitiveFromClr(type == typeof(char) ? typeof(ushort) : type == typeof(decimal) ? typeof(double) : type)!;
}

public class BooleanDataFrameColumn(string name, long length = 0) : PrimitiveDataFrameColumn<bool>(name, length)
{
    public BooleanDataFrameColumn(string name, IEnumerable<bool> values) : this(name) => AppendAll(values);

    public BooleanDataFrameColumn(string name, IEnumerable<bool?> values) : this(name) => AppendAll(values);
}

public class ByteDataFrameColumn(string name, long length = 0) : PrimitiveDataFrameColumn<byte>(name, length)
{
    public ByteDataFrameColumn(string name, IEnumerable<byte> values) : this(name) => AppendAll(values);

    public ByteDataFrameColumn(string name, IEnumerable<byte?> values) : this(name) => AppendAll(values);
}

public class CharDataFrameColumn(string name, long length = 0) : PrimitiveDataFrameColumn<char>(name, length)
{
    public CharDataFrameColumn(string name, IEnumerable<char> values) : this(name) => AppendAll(values);

    public CharDataFrameColumn(string name, IEnumerable<char?> values) : this(name) => AppendAll(values);
}

public class DateTimeDataFrameColumn(string name, long length = 0) : PrimitiveDataFrameColumn<DateTime>(name, length)
{
    public DateTimeDataFrameColumn(string name, IEnumerable<DateTime> values) : this(name) => AppendAll(values);

    public DateTimeDataFrameColumn(string name, IEnumerable<DateTime?> values) : this(name) => AppendAll(values);
}

public class DecimalDataFrameColumn(string name, long length = 0) : PrimitiveDataFrameColumn<decimal>(name, length)
{
    public DecimalDataFrameColumn(string name, IEnumerable<decimal> values) : this(name) => AppendAll(values);

    public DecimalDataFrameColumn(string name, IEnumerable<decimal?> values) : this(name) => AppendAll(values);
}

public class DoubleDataFrameColumn(string name, long length = 0) : PrimitiveDataFrameColumn<double>(name, length)
{
    public DoubleDataFrameColumn(string name, IEnumerable<double> values) : this(name) => AppendAll(values);

    public DoubleDataFrameColumn(string name, IEnumerable<double?> values) : this(name) => AppendAll(values);
}

public class Int16DataFrameColumn(string name, long length = 0) : PrimitiveDataFrameColumn<short>(name, length)
{
    public Int16DataFrameColumn(string name, IEnumerable<short> values) : this(name) => AppendAll(values);

    public Int16DataFrameColumn(string name, IEnumerable<short?> values) : this(name) => AppendAll(values);
}

public class Int32DataFrameColumn(string name, long length = 0) : PrimitiveDataFrameColumn<int>(name, length)
{
    public Int32DataFrameColumn(string name, IEnumerable<int> values) : this(name) => AppendAll(values);

    public Int32DataFrameColumn(string name, IEnumerable<int?> values) : this(name) => AppendAll(values);
}

public class Int64DataFrameColumn(string name, long length = 0) : PrimitiveDataFrameColumn<long>(name, length)
{
    public Int64DataFrameColumn(string name, IEnumerable<long> values) : this(name) => AppendAll(values);

    public Int64DataFrameColumn(string name, IEnumerable<long?> values) : this(name) => AppendAll(values);
}

public class SByteDataFrameColumn(string name, long length = 0) : PrimitiveDataFrameColumn<sbyte>(name, length)
{
    public SByteDataFrameColumn(string name, IEnumerable<sbyte> values) : this(name) => AppendAll(values);

    public SByteDataFrameColumn(string name, IEnumerable<sbyte?> values) : this(name) => AppendAll(values);
}

public class SingleDataFrameColumn(string name, long length = 0) : PrimitiveDataFrameColumn<float>(name, length)
{
    public SingleDataFrameColumn(string name, IEnumerable<float> values) : this(name) => AppendAll(values);

    public SingleDataFrameColumn(string name, IEnumerable<float?> values) : this(name) => AppendAll(values);
}

public class UInt16DataFrameColumn(string name, long length = 0) : PrimitiveDataFrameColumn<ushort>(name, length)
{
    public UInt16DataFrameColumn(string name, IEnumerable<ushort> values) : this(name) => AppendAll(values);

    public UInt16DataFrameColumn(string name, IEnumerable<ushort?> values) : this(name) => AppendAll(values);
}

public class UInt32DataFrameColumn(string name, long length = 0) : PrimitiveDataFrameColumn<uint>(name, length)
{
    public UInt32DataFrameColumn(string name, IEnumerable<uint> values) : this(name) => AppendAll(values);

    public UInt32DataFrameColumn(string name, IEnumerable<uint?> values) : this(name) => AppendAll(values);
}

public class UInt64DataFrameColumn(string name, long length = 0) : PrimitiveDataFrameColumn<ulong>(name, length)
{
    public UInt64DataFrameColumn(string name, IEnumerable<ulong> values) : this(name) => AppendAll(values);

    public UInt64DataFrameColumn(string name, IEnumerable<ulong?> values) : this(name) => AppendAll(values);
}
