namespace EE569.Engine.Matrices;

/// <summary>Collects sparse rows one by one into a <see cref="CsrMatrix{T}"/>, without copying them a second time.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="columns">Number of columns.</param>
public sealed class CsrMatrixBuilder<T>(int columns) where T : unmanaged, IFloatingPointIeee754<T>
{
    private CsrMatrix<T> _matrix = CsrMatrix<T>.CreateBuffer(columns);

    /// <summary>Rows so far.</summary>
    public int Rows => _matrix.Rows;

    /// <summary>Values so far.</summary>
    public int NonZeros { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="indices">The columns of the values, ascending.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException">The columns do not ascend or leave the matrix, or there are not as many values.</exception>
    public void Append(ReadOnlySpan<int> indices, ReadOnlySpan<T> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, indices.Length, nameof(values));
        CsrMatrix<T>.CheckRow(_matrix.Rows, indices, columns);
        _matrix.Append(indices, values);
        NonZeros += values.Length;
    }

    /// <summary>Makes room for so many values in all, which saves copying them while the matrix grows.</summary>
    /// <param name="nonZeros">Values, those that are there included.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than an array holds, or below 0.</exception>
    public void EnsureCapacity(int nonZeros)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nonZeros);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nonZeros, Array.MaxLength);
        _matrix.EnsureCapacity(nonZeros);
    }

    /// <summary>Gives the matrix away; the builder is empty afterwards.</summary>
    public CsrMatrix<T> Build()
    {
        CsrMatrix<T> built = _matrix;
        _matrix = CsrMatrix<T>.CreateBuffer(columns);
        NonZeros = 0;
        return built;
    }
}
