namespace EE569.Engine.Matrices;

/// <summary>Rows that hold their non-zero values only (compressed sparse rows), for a wide and mostly empty first layer.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class CsrMatrix<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private int[] _starts;
    private int[] _ends;
    private int _firstStart;
    private int _firstEnd;
    private int[] _columnIndices;
    private T[] _values;
    private bool _isView;

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
        // A row ends where the next one starts.
        (_starts, _ends, _firstEnd) = (rowStarts, rowStarts, 1);
        (_columnIndices, _values) = (columnIndices, values);
        CheckStructure();
    }

    private CsrMatrix(int columns)
    {
        Columns = columns;
        _starts = _ends = [0];
        (_firstEnd, _columnIndices, _values) = (1, [], []);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Number of stored values.</summary>
    public int NonZeros
    {
        get
        {
            int sum = 0;
            for (int row = 0; row < Rows; row++)
            {
                sum += _ends[_firstEnd + row] - _starts[_firstStart + row];
            }

            return sum;
        }
    }

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
    public ReadOnlySpan<int> Indices(int row) => _columnIndices.AsSpan(_starts[_firstStart + row].._ends[_firstEnd + row]);

    /// <summary>The values of a row, in the order of <see cref="Indices"/>.</summary>
    /// <param name="row">Row, from 0.</param>
    public ReadOnlySpan<T> Values(int row) => _values.AsSpan(_starts[_firstStart + row].._ends[_firstEnd + row]);

    /// <summary>The same matrix with its zeros.</summary>
    public Matrix<T> ToDense()
    {
        var dense = new Matrix<T>(Rows, Columns);
        ScatterTo(dense);
        return dense;
    }

    /// <summary>Writes the non-zeros to a matrix of the same shape.</summary>
    internal void ScatterTo(Matrix<T> dense)
    {
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
    }

    /// <summary>Bytes of the memory of this matrix, without that of another it is a view of.</summary>
    internal unsafe long Bytes =>
        (long)(_starts.Length + (_isView ? _ends.Length : 0)) * sizeof(int) + (_isView ? 0 : (long)_columnIndices.Length * (sizeof(int) + sizeof(T)));

    /// <summary>An empty matrix that grows by <see cref="Append"/>.</summary>
    internal static CsrMatrix<T> CreateBuffer(int columns) => new(columns);

    internal void Clear() => Rows = 0;

    /// <summary>Adds a row to a buffer; memory only grows.</summary>
    internal void Append(ReadOnlySpan<int> indices, ReadOnlySpan<T> nonZeros)
    {
        int start = _starts[Rows];
        int end = checked(start + indices.Length);
        if (Rows + 2 > _starts.Length)
        {
            Array.Resize(ref _starts, 2 * _starts.Length + 2);
            _ends = _starts;
        }

        if (end > _values.Length)
        {
            EnsureCapacity(Math.Max(end, (int)Math.Min(2L * _values.Length, Array.MaxLength)));
        }

        indices.CopyTo(_columnIndices.AsSpan(start));
        nonZeros.CopyTo(_values.AsSpan(start));
        _starts[++Rows] = end;
    }

    /// <summary>Makes room in a buffer for so many values in all.</summary>
    internal void EnsureCapacity(int nonZeros)
    {
        if (nonZeros > _values.Length)
        {
            _columnIndices = Enlarged(_columnIndices, _starts[Rows], nonZeros);
            _values = Enlarged(_values, _starts[Rows], nonZeros);
        }
    }

    private static TItem[] Enlarged<TItem>(TItem[] items, int used, int capacity)
    {
        TItem[] larger = GC.AllocateUninitializedArray<TItem>(capacity);
        items.AsSpan(0, used).CopyTo(larger);
        return larger;
    }

    /// <summary>Makes this matrix a view of a run of rows of another.</summary>
    internal void PointAt(CsrMatrix<T> source, int first, int rows)
    {
        (_starts, _ends, _columnIndices, _values) = (source._starts, source._ends, source._columnIndices, source._values);
        (_firstStart, _firstEnd, Rows) = (source._firstStart + first, source._firstEnd + first, rows);
    }

    /// <summary>Makes this matrix a view of chosen rows of another, which it does not copy; memory only grows.</summary>
    internal void PointAt(CsrMatrix<T> source, ReadOnlySpan<int> rows)
    {
        if (!_isView || _starts.Length < rows.Length)
        {
            (_starts, _ends, _isView) = (new int[rows.Length], new int[rows.Length], true);
        }

        for (int i = 0; i < rows.Length; i++)
        {
            _starts[i] = source._starts[source._firstStart + rows[i]];
            _ends[i] = source._ends[source._firstEnd + rows[i]];
        }

        (_columnIndices, _values) = (source._columnIndices, source._values);
        (_firstStart, _firstEnd, Rows) = (0, 0, rows.Length);
        for (int row = 0; row < Rows; row++)
        {
            Prefetch.Read(Indices(row));
            Prefetch.Read(Values(row));
        }
    }

    private void CheckStructure()
    {
        if (_starts.Length != Rows + 1 || _starts[0] != 0)
        {
            throw new ArgumentException($"{Rows} rows need {Rows + 1} row starts that begin with 0.", "rowStarts");
        }

        if (_starts[Rows] != _values.Length || _values.Length != _columnIndices.Length)
        {
            throw new ArgumentException(
                $"The last row start ({_starts[Rows]}), the number of values ({_values.Length}) and of columns ({_columnIndices.Length}) must be equal.", nameof(_values));
        }

        for (int row = 0; row < Rows; row++)
        {
            if (_starts[row + 1] < _starts[row] || _starts[row + 1] > _values.Length)
            {
                throw new ArgumentException($"Row {row} starts at {_starts[row]} and ends at {_starts[row + 1]}.", "rowStarts");
            }

            CheckRow(row, Indices(row), Columns);
        }
    }

    /// <summary>Checks the columns of a row.</summary>
    internal static void CheckRow(int row, ReadOnlySpan<int> indices, int columns)
    {
        if (indices.IsEmpty || (indices[0] >= 0 && indices[^1] < columns && Ascend(indices)))
        {
            return;
        }

        int previous = -1;
        foreach (int column in indices)
        {
            if (column <= previous || column >= columns)
            {
                throw new ArgumentException($"Row {row}: column {column} is not ascending or not below {columns}.", nameof(indices));
            }

            previous = column;
        }
    }

    private static bool Ascend(ReadOnlySpan<int> indices)
    {
        int i = 1;
        for (; i <= indices.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            if (Vector.LessThanOrEqualAny(new Vector<int>(indices[i..]), new Vector<int>(indices[(i - 1)..])))
            {
                return false;
            }
        }

        for (; i < indices.Length; i++)
        {
            if (indices[i] <= indices[i - 1])
            {
                return false;
            }
        }

        return true;
    }
}
