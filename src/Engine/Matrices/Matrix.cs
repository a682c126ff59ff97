namespace EE569.Engine.Matrices;

/// <summary>A dense row-major matrix. Examples are rows: a batch is (examples x features), weights are (outputs x inputs).</summary>
/// <typeparam name="T"><see cref="float"/> for training, <see cref="double"/> for checks, <see cref="int"/> for ids.</typeparam>
public sealed class Matrix<T> where T : unmanaged, INumberBase<T>
{
    private T[] _values;
    private int _offset;

    /// <summary>Creates a matrix of zeros.</summary>
    /// <param name="rows">Number of rows, from 0.</param>
    /// <param name="columns">Number of columns, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or the product exceeds the largest array.</exception>
    public Matrix(int rows, int columns)
        : this(rows, columns, new T[CheckedLength(rows, columns)])
    {
    }

    /// <summary>Wraps an array without copying it.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="values">rows * columns values, row after row.</param>
    /// <exception cref="ArgumentException">The length of the array differs from rows * columns.</exception>
    public Matrix(int rows, int columns, T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != CheckedLength(rows, columns))
        {
            throw new ArgumentException($"A {rows} x {columns} matrix needs {(long)rows * columns} values, got {values.Length}.", nameof(values));
        }

        Rows = rows;
        Columns = columns;
        _values = values;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>All values, row after row; writing to the span writes to the matrix.</summary>
    public Span<T> Values => _values.AsSpan(_offset, Rows * Columns);

    /// <summary>One element.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="column">Column, from 0.</param>
    public ref T this[int row, int column] => ref Row(row)[column];

    /// <summary>Copies rows of equal length into a matrix.</summary>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    public static Matrix<T> FromRows(params ReadOnlySpan<T[]> rows)
    {
        var matrix = new Matrix<T>(rows.Length, rows.IsEmpty ? 0 : rows[0].Length);
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i].Length != matrix.Columns)
            {
                throw new ArgumentException($"Row {i} has {rows[i].Length} values, row 0 has {matrix.Columns}.", nameof(rows));
            }

            rows[i].CopyTo(matrix.Row(i));
        }

        return matrix;
    }

    /// <summary>One row, as a view.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<T> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return _values.AsSpan(_offset + row * Columns, Columns);
    }

    /// <summary>A run of rows that shares the memory of this matrix.</summary>
    /// <param name="firstRow">First row, from 0.</param>
    /// <param name="rows">Number of rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The run leaves the matrix.</exception>
    public Matrix<T> Slice(int firstRow, int rows)
    {
        var view = new Matrix<T>(0, Columns);
        view.PointAt(this, firstRow, rows);
        return view;
    }

    /// <summary>A copy with memory of its own.</summary>
    public Matrix<T> Clone() => new(Rows, Columns, Values.ToArray());

    /// <summary>A copy in another precision.</summary>
    /// <typeparam name="TOther">The type of the new elements.</typeparam>
    public Matrix<TOther> ConvertTo<TOther>() where TOther : unmanaged, INumberBase<TOther>
    {
        var result = new Matrix<TOther>(Rows, Columns);
        Span<T> from = Values;
        Span<TOther> to = result.Values;
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = TOther.CreateTruncating(from[i]);
        }

        return result;
    }

    /// <summary>Bytes of the memory behind this matrix, spare rows included.</summary>
    internal unsafe long Bytes => (long)_values.Length * sizeof(T);

    /// <summary>Changes the number of rows of a buffer; memory only grows, so a smaller last batch costs nothing.</summary>
    internal void SetRows(int rows)
    {
        if (rows == Rows)
        {
            return;
        }

        int length = CheckedLength(rows, Columns);
        if (length > _values.Length)
        {
            _values = new T[length];
        }

        Rows = rows;
    }

    /// <summary>Adds a row to a buffer; memory only grows.</summary>
    internal void Append(ReadOnlySpan<T> row)
    {
        int length = CheckedLength(Rows + 1, Columns);
        if (length > _values.Length)
        {
            Array.Resize(ref _values, (int)Math.Min(Math.Max(length, 2L * _values.Length), Array.MaxLength));
        }

        row.CopyTo(_values.AsSpan(Rows++ * Columns));
    }

    /// <summary>Makes this buffer a copy of chosen rows of another matrix.</summary>
    internal void Gather(Matrix<T> source, ReadOnlySpan<int> rows)
    {
        SetRows(rows.Length);
        Span<T> target = Values;
        Span<T> all = source.Values;
        for (int i = 0; i < rows.Length; i++)
        {
            all.Slice(rows[i] * Columns, Columns).CopyTo(target.Slice(i * Columns, Columns));
        }
    }

    /// <summary>Makes this matrix a view of rows of another.</summary>
    internal void PointAt(Matrix<T> source, int firstRow, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow, source.Rows - rows);
        _values = source._values;
        _offset = source._offset + firstRow * Columns;
        Rows = rows;
    }

    private static int CheckedLength(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        long length = (long)rows * columns;
        if (length > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(nameof(rows),
                $"A {rows} x {columns} matrix is larger than the largest array ({Array.MaxLength} elements); use sparse or streaming data.");
        }

        return (int)length;
    }
}
