using System.Numerics;

namespace Microsoft.Data.Analysis;

/// <summary>Arithmetic and comparisons. The right operand is a column of the same length or a single value.</summary>
public abstract partial class DataFrameColumn
{
    public DataFrameColumn Add<T>(T value) => Calculate(ArithmeticOperation.Add, value);

    public DataFrameColumn Subtract<T>(T value) => Calculate(ArithmeticOperation.Subtract, value);

    public DataFrameColumn Multiply<T>(T value) => Calculate(ArithmeticOperation.Multiply, value);

    public DataFrameColumn Divide<T>(T value) => Calculate(ArithmeticOperation.Divide, value);

    public DataFrameColumn Modulo<T>(T value) => Calculate(ArithmeticOperation.Modulo, value);

    public PrimitiveDataFrameColumn<bool> ElementwiseEquals<T>(T value) => Compare(ComparisonOperation.Equals, value);

    public PrimitiveDataFrameColumn<bool> ElementwiseNotEquals<T>(T value) => Compare(ComparisonOperation.NotEquals, value);

    public PrimitiveDataFrameColumn<bool> ElementwiseGreaterThan<T>(T value) => Compare(ComparisonOperation.GreaterThan, value);

    public PrimitiveDataFrameColumn<bool> ElementwiseGreaterThanOrEqual<T>(T value) =>
        Compare(ComparisonOperation.GreaterThanOrEqual, value);

    public PrimitiveDataFrameColumn<bool> ElementwiseLessThan<T>(T value) => Compare(ComparisonOperation.LessThan, value);

    public PrimitiveDataFrameColumn<bool> ElementwiseLessThanOrEqual<T>(T value) => Compare(ComparisonOperation.LessThanOrEqual, value);

    public PrimitiveDataFrameColumn<bool> ElementwiseIsNull() => Mask(row => !IsValid(row));

    public PrimitiveDataFrameColumn<bool> ElementwiseIsNotNull() => Mask(IsValid);

    /// <summary>Of two boolean columns; null where either is.</summary>
    public DataFrameColumn And(DataFrameColumn column) => Combine(column, (left, right) => left & right);

    /// <summary>Of two boolean columns; null where either is.</summary>
    public DataFrameColumn Or(DataFrameColumn column) => Combine(column, (left, right) => left | right);

    public static DataFrameColumn operator +(DataFrameColumn left, DataFrameColumn right) => left.Add(right);

    public static DataFrameColumn operator -(DataFrameColumn left, DataFrameColumn right) => left.Subtract(right);

    public static DataFrameColumn operator *(DataFrameColumn left, DataFrameColumn right) => left.Multiply(right);

    public static DataFrameColumn operator /(DataFrameColumn left, DataFrameColumn right) => left.Divide(right);

    public static DataFrameColumn operator %(DataFrameColumn left, DataFrameColumn right) => left.Modulo(right);

    public static DataFrameColumn operator &(DataFrameColumn left, DataFrameColumn right) => left.And(right);

    public static DataFrameColumn operator |(DataFrameColumn left, DataFrameColumn right) => left.Or(right);

    internal virtual DataFrameColumn Calculate(ArithmeticOperation operation, object? operand, bool reversed = false) =>
        Arithmetic.Calculate(operation, this, operand, reversed);

    /// <summary>Comparison with a column or value of a type that is not numeric; null where the types do not go together.</summary>
    private protected abstract Func<long, bool>? Comparison(ComparisonOperation operation, object? operand);

    private protected PrimitiveDataFrameColumn<bool> Mask(Func<long, bool> rows) =>
        new BooleanDataFrameColumn(Name, Rows(0, Length).Select(rows));

    private BooleanDataFrameColumn Combine(DataFrameColumn column, Func<bool, bool, bool> combine)
    {
        Arithmetic.CheckLength(this, column);
        return this is PrimitiveDataFrameColumn<bool> left && column is PrimitiveDataFrameColumn<bool> right
            ? new BooleanDataFrameColumn(Name, left.Zip(right, (a, b) => a is null || b is null ? (bool?)null : combine(a.Value, b.Value)))
            : throw new NotSupportedException(
                $"Columns '{Name}' of type {DataType} and '{column.Name}' of type {column.DataType} are not both Boolean.");
    }

    private PrimitiveDataFrameColumn<bool> Compare(ComparisonOperation operation, object? operand)
    {
        Arithmetic.CheckLength(this, operand);
        Func<long, bool> rows = Arithmetic.Comparison(operation, this, operand) ?? Comparison(operation, operand)
            ?? throw new NotSupportedException(
                $"Column '{Name}' of type {DataType} cannot be compared with {Arithmetic.OperandType(operand)?.ToString() ?? "null"}.");
        return Mask(rows);
    }
}

/// <summary>Arithmetic of columns with single numbers, on either side.</summary>
public static class DataFrameColumnOperators
{
    extension<T>(DataFrameColumn)
        where T : struct, INumber<T>
    {
        public static DataFrameColumn operator +(DataFrameColumn column, T value) => column.Add(value);

        public static DataFrameColumn operator +(T value, DataFrameColumn column) =>
            column.Calculate(ArithmeticOperation.Add, value, reversed: true);

        public static DataFrameColumn operator -(DataFrameColumn column, T value) => column.Subtract(value);

        public static DataFrameColumn operator -(T value, DataFrameColumn column) =>
            column.Calculate(ArithmeticOperation.Subtract, value, reversed: true);

        public static DataFrameColumn operator *(DataFrameColumn column, T value) => column.Multiply(value);

        public static DataFrameColumn operator *(T value, DataFrameColumn column) =>
            column.Calculate(ArithmeticOperation.Multiply, value, reversed: true);

        public static DataFrameColumn operator /(DataFrameColumn column, T value) => column.Divide(value);

        public static DataFrameColumn operator /(T value, DataFrameColumn column) =>
            column.Calculate(ArithmeticOperation.Divide, value, reversed: true);

        public static DataFrameColumn operator %(DataFrameColumn column, T value) => column.Modulo(value);

        public static DataFrameColumn operator %(T value, DataFrameColumn column) =>
            column.Calculate(ArithmeticOperation.Modulo, value, reversed: true);
    }
}
