using System.Globalization;
using System.Numerics;

namespace Microsoft.Data.Analysis;

internal enum ArithmeticOperation
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

internal enum ComparisonOperation
{
    Equals,
    NotEquals,
    GreaterThan,
    GreaterThanOrEqual,
    LessThan,
    LessThanOrEqual,
}

/// <summary>
/// Operations on numeric columns. Operands of one type give that type, otherwise Decimal if either is Decimal, otherwise Double.
/// A null operand gives null in arithmetic and counts as zero in a comparison.
/// </summary>
internal abstract class Arithmetic
{
    private static readonly Dictionary<Type, Arithmetic> ByType = new()
    {
        [typeof(byte)] = new Arithmetic<byte>(),
        [typeof(sbyte)] = new Arithmetic<sbyte>(),
        [typeof(short)] = new Arithmetic<short>(),
        [typeof(ushort)] = new Arithmetic<ushort>(),
        [typeof(int)] = new Arithmetic<int>(),
        [typeof(uint)] = new Arithmetic<uint>(),
        [typeof(long)] = new Arithmetic<long>(),
        [typeof(ulong)] = new Arithmetic<ulong>(),
        [typeof(float)] = new Arithmetic<float>(),
        [typeof(double)] = new Arithmetic<double>(),
        [typeof(decimal)] = new Arithmetic<decimal>(),
    };

    /// <summary>Null for a type that is not numeric.</summary>
    public static Arithmetic? Of(Type? type) => type is null ? null : ByType.GetValueOrDefault(type);

    public static Type? OperandType(object? operand) => operand is DataFrameColumn column ? column.DataType : operand?.GetType();

    public static void CheckLength(DataFrameColumn left, object? operand)
    {
        if (operand is DataFrameColumn column && column.Length != left.Length)
        {
            throw new ArgumentException("Column lengths are mismatched", nameof(column));
        }
    }

    public static DataFrameColumn Calculate(ArithmeticOperation operation, DataFrameColumn left, object? operand, bool reversed)
    {
        CheckLength(left, operand);
        Arithmetic arithmetic = Common(left.DataType, OperandType(operand)) ?? throw new NotSupportedException(
            $"{operation} needs numbers: column '{left.Name}' is of type {left.DataType}, the other operand is {OperandType(operand)}.");
        return arithmetic.Apply(operation, left, operand!, reversed);
    }

    public static Func<long, bool>? Comparison(ComparisonOperation operation, DataFrameColumn left, object? operand) =>
        Common(left.DataType, OperandType(operand))?.Compare(operation, left, operand!);

    public abstract object? Sum(DataFrameColumn column, IEnumerable<long> rows);

    /// <summary>A column's values as another number type, 0 where there is none.</summary>
    public abstract Func<long, TResult> Reader<TResult>(DataFrameColumn column)
        where TResult : INumberBase<TResult>;

    protected abstract DataFrameColumn Apply(ArithmeticOperation operation, DataFrameColumn left, object operand, bool reversed);

    protected abstract Func<long, bool> Compare(ComparisonOperation operation, DataFrameColumn left, object operand);

    private static Arithmetic? Common(Type left, Type? right) => (Of(left), Of(right)) switch
    {
        (null, _) or (_, null) => null,
        (Arithmetic a, Arithmetic b) when a == b => a,
        _ => left == typeof(decimal) || right == typeof(decimal) ? Of(typeof(decimal)) : Of(typeof(double)),
    };
}

internal sealed class Arithmetic<T> : Arithmetic
    where T : unmanaged, INumber<T>, ISpanParsable<T>
{
    public override object? Sum(DataFrameColumn column, IEnumerable<long> rows)
    {
        var values = (PrimitiveDataFrameColumn<T>)column;
        return rows.Aggregate(T.Zero, (sum, row) => sum + values.ValueOrDefault(row));
    }

    public override Func<long, TResult> Reader<TResult>(DataFrameColumn column)
    {
        var values = (PrimitiveDataFrameColumn<T>)column;
        return row => TResult.CreateSaturating(values.ValueOrDefault(row));
    }

    protected override DataFrameColumn Apply(ArithmeticOperation operation, DataFrameColumn left, object operand, bool reversed)
    {
        Func<long, T> a = Operand(left), b = Operand(operand);
        var right = operand as DataFrameColumn;
        var result = (PrimitiveDataFrameColumn<T>)(left.DataType == typeof(T)
            ? left.CreateEmpty(left.Name)
            : DataFrameColumns.Create(typeof(T), left.Name));
        for (long row = 0; row < left.Length; row++)
        {
            bool valid = left.IsValid(row) && right?.IsValid(row) != false;
            result.Append(!valid ? null : reversed ? Apply(operation, b(row), a(row)) : Apply(operation, a(row), b(row)));
        }

        return result;
    }

    protected override Func<long, bool> Compare(ComparisonOperation operation, DataFrameColumn left, object operand)
    {
        Func<long, T> a = Operand(left), b = Operand(operand);
        return operation switch
        {
            ComparisonOperation.Equals => row => a(row) == b(row),
            ComparisonOperation.NotEquals => row => a(row) != b(row),
            ComparisonOperation.GreaterThan => row => a(row) > b(row),
            ComparisonOperation.GreaterThanOrEqual => row => a(row) >= b(row),
            ComparisonOperation.LessThan => row => a(row) < b(row),
            _ => row => a(row) <= b(row),
        };
    }

    private static Func<long, T> Operand(object operand)
    {
        if (operand is DataFrameColumn column)
        {
            return Of(column.DataType)!.Reader<T>(column);
        }

        var value = (T)Convert.ChangeType(operand, typeof(T), CultureInfo.InvariantCulture);
        return _ => value;
    }

    private static T Apply(ArithmeticOperation operation, T a, T b) => operation switch
    {
        ArithmeticOperation.Add => a + b,
        ArithmeticOperation.Subtract => a - b,
        ArithmeticOperation.Multiply => a * b,
        ArithmeticOperation.Divide => a / b,
        _ => a % b,
    };
}
