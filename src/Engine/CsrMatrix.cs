using System.Numerics;

namespace EE569.Engine;

/// <summary>Rows that hold their non-zero values only (compressed sparse rows), for a wide and mostly empty first layer.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class CsrMatrix<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private int[] rowStarts;
    private int firstRow;
    private int[] columnIndices;
    private T[] values;

    /// <summary>Wraps the three arrays of the format without copying them.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="rowStarts">rows + 1 positions: row r owns the positions rowStarts[r] up to, not including, rowStarts[r + 1].</param>
    /// <param name="columnIndices">The column of each value, ascending within a row.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException">The arrays do not fit each other; the message names the row.</exception>
    public CsrMatrix(int rows, int columns, int[] rowStarts, int[] columnIndices, T[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentNullException.ThrowIfNull(rowStarts);
        ArgumentNullException.ThrowIfNull(columnIndices);
        ArgumentNullException.ThrowIfNull(values);
        (Rows, Columns) = (rows, columns);
        (this.rowStarts, this.columnIndices, this.values) = (rowStarts, columnIndices, values);
        CheckStructure();
    }

    private CsrMatrix(int columns)
    {
        Columns = columns;
        (rowStarts, columnIndices, values) = ([0], [], []);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Number of stored values.</summary>
    public int NonZeros => RowStarts[Rows] - RowStarts[0];

    /// <summary>Keeps the non-zero values of a dense matrix.</summary>
    /// <param name="dense">The matrix.</param>
    public static CsrMatrix<T> FromDense(Matrix<T> dense)
    {
        ArgumentNullException.ThrowIfNull(dense);
        var result = CreateBuffer(dense.Columns);
        var columns = new int[dense.Columns];
        var nonZeros = new T[dense.Columns];
        for (int row = 0; row < dense.Rows; row++)
        {
            int count = 0;
            Span<T> source = dense.Row(row);
            for (int column = 0; column < source.Length; column++)
            {
                if (source[column] != T.Zero)
                {
                    (columns[count], nonZeros[count++]) = (column, source[column]);
                }
            }

            result.Append(columns.AsSpan(0, count), nonZeros.AsSpan(0, count));
        }

        return result;
    }

    /// <summary>The columns of a row's values, ascending.</summary>
    /// <param name="row">Row, from 0.</param>
    public ReadOnlySpan<int> Indices(int row) => columnIndices.AsSpan(RowStarts[row], RowStarts[row + 1] - RowStarts[row]);

    /// <summary>The values of a row, in the order of <see cref="Indices"/>.</summary>
    /// <param name="row">Row, from 0.</param>
    public ReadOnlySpan<T> Values(int row) => values.AsSpan(RowStarts[row], RowStarts[row + 1] - RowStarts[row]);

    /// <summary>The same matrix with its zeros.</summary>
    public Matrix<T> ToDense()
    {
        var dense = new Matrix<T>(Rows, Columns);
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<int> indices = Indices(row);
            ReadOnlySpan<T> nonZeros = Values(row);
            Span<T> target = dense.Row(row);
            for (int i = 0; i < indices.Length; i++)
            {
                target[indices[i]] = nonZeros[i];
            }
        }

        return dense;
    }

    /// <summary>Rows + 1 positions into <see cref="AllIndices"/> and <see cref="AllValues"/>.</summary>
    internal ReadOnlySpan<int> RowStarts => rowStarts.AsSpan(firstRow, Rows + 1);

    internal ReadOnlySpan<int> AllIndices => columnIndices;

    internal ReadOnlySpan<T> AllValues => values;

    /// <summary>The columns of these rows' values, row after row.</summary>
    internal ReadOnlySpan<int> UsedIndices => AllIndices[RowStarts[0]..RowStarts[Rows]];

    internal unsafe long Bytes => (long)rowStarts.Length * sizeof(int) + (long)columnIndices.Length * (sizeof(int) + sizeof(T));

    /// <summary>An empty matrix that grows by <see cref="Append"/>.</summary>
    internal static CsrMatrix<T> CreateBuffer(int columns) => new(columns);

    internal void Clear() => Rows = 0;

    /// <summary>Adds a row to a buffer; memory only grows.</summary>
    internal void Append(ReadOnlySpan<int> indices, ReadOnlySpan<T> nonZeros)
    {
        int start = rowStarts[Rows];
        int end = checked(start + indices.Length);
        if (Rows + 2 > rowStarts.Length)
        {
            Array.Resize(ref rowStarts, 2 * rowStarts.Length + 2);
        }

        if (end > values.Length)
        {
            int capacity = Math.Max(end, (int)Math.Min(2L * values.Length, Array.MaxLength));
            Array.Resize(ref columnIndices, capacity);
            Array.Resize(ref values, capacity);
        }

        indices.CopyTo(columnIndices.AsSpan(start));
        nonZeros.CopyTo(values.AsSpan(start));
        rowStarts[++Rows] = end;
    }

    /// <summary>Makes this matrix a view of rows of another.</summary>
    internal void PointAt(CsrMatrix<T> source, int first, int rows)
    {
        (rowStarts, columnIndices, values) = (source.rowStarts, source.columnIndices, source.values);
        firstRow = source.firstRow + first;
        Rows = rows;
    }

    private void CheckStructure()
    {
        if (rowStarts.Length != Rows + 1 || rowStarts[0] != 0)
        {
            throw new ArgumentException($"{Rows} rows need {Rows + 1} row starts that begin with 0.", nameof(rowStarts));
        }

        if (rowStarts[Rows] != values.Length || values.Length != columnIndices.Length)
        {
            throw new ArgumentException(
                $"The last row start ({rowStarts[Rows]}), the number of values ({values.Length}) and of columns ({columnIndices.Length}) must be equal.", nameof(values));
        }

        for (int row = 0; row < Rows; row++)
        {
            if (rowStarts[row + 1] < rowStarts[row] || rowStarts[row + 1] > values.Length)
            {
                throw new ArgumentException($"Row {row} starts at {rowStarts[row]} and ends at {rowStarts[row + 1]}.", nameof(rowStarts));
            }

            int previous = -1;
            for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++)
            {
                if (columnIndices[i] <= previous || columnIndices[i] >= Columns)
                {
                    throw new ArgumentException($"Row {row}: column {columnIndices[i]} is not ascending or not below {Columns}.", nameof(columnIndices));
                }

                previous = columnIndices[i];
            }
        }
    }
}
