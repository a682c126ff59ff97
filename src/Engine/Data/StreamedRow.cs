namespace EE569.Engine.Data;

/// <summary>One row of a stream, in memory that is used again and again.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class StreamedRow<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool _isSparse;
    private readonly T[] _target;
    private readonly int[] _ids;
    private T[] _values;
    private int[] _indices;
    private int _count;

    internal StreamedRow(int features, bool isSparse, int targetValues, int idColumns)
    {
        (Features, _isSparse) = (features, isSparse);
        (_target, _ids) = (new T[targetValues], new int[idColumns]);
        _values = isSparse ? [] : new T[features];
        _indices = [];
    }

    /// <summary>A row to read single rows with.</summary>
    /// <param name="features">Number of features.</param>
    /// <param name="targetValues">Number of values to predict; 0 for a class.</param>
    /// <param name="isSparse">Whether it keeps the values that are set and their positions, and no zeros. Default false.</param>
    public StreamedRow(int features, int targetValues, bool isSparse = false)
        : this(features, isSparse, targetValues, idColumns: 0)
    {
    }

    /// <summary>Number of features.</summary>
    public int Features { get; }

    /// <summary>The class, from 0, when the stream's targets are classes.</summary>
    public int Label { get; set; }

    /// <summary>The weight of the row.</summary>
    public T Weight { get; set; }

    /// <summary>The values to predict.</summary>
    public ReadOnlySpan<T> Target => _target;

    internal ReadOnlySpan<int> Ids => _ids;

    /// <summary>The positions of the values of a sparse row; empty for a dense one.</summary>
    public ReadOnlySpan<int> Indices => _indices.AsSpan(0, _count);

    /// <summary>The features, or those of a sparse row that are not 0.</summary>
    public ReadOnlySpan<T> Values => _isSparse ? _values.AsSpan(0, _count) : _values;

    internal unsafe long Bytes => (long)_values.Length * sizeof(T) + (long)(_indices.Length + _ids.Length) * sizeof(int);

    /// <summary>Sets all features.</summary>
    /// <param name="dense">One value for each feature.</param>
    public void SetFeatures(ReadOnlySpan<T> dense)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(dense.Length, Features, nameof(dense));
        if (!_isSparse)
        {
            dense.CopyTo(_values);
            return;
        }

        Reserve(dense.Length);
        _count = 0;
        for (int i = 0; i < dense.Length; i++)
        {
            if (dense[i] != T.Zero)
            {
                (_indices[_count], _values[_count++]) = (i, dense[i]);
            }
        }
    }

    /// <summary>Sets the features that are not 0.</summary>
    /// <param name="positions">Their positions, ascending.</param>
    /// <param name="nonZeros">Their values.</param>
    /// <exception cref="ArgumentException">The positions do not ascend or leave the range of the features.</exception>
    public void SetFeatures(ReadOnlySpan<int> positions, ReadOnlySpan<T> nonZeros)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(positions.Length, nonZeros.Length, nameof(positions));
        CheckPositions(positions);
        if (_isSparse)
        {
            Reserve(positions.Length);
            positions.CopyTo(_indices);
            nonZeros.CopyTo(_values);
            _count = positions.Length;
            return;
        }

        _values.AsSpan().Clear();
        for (int i = 0; i < positions.Length; i++)
        {
            _values[positions[i]] = nonZeros[i];
        }
    }

    /// <summary>Sets the target values, when the stream's targets are values.</summary>
    /// <param name="targetValues">One value for each output.</param>
    public void SetTarget(params ReadOnlySpan<T> targetValues)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(targetValues.Length, _target.Length, nameof(targetValues));
        targetValues.CopyTo(_target);
    }

    /// <summary>Sets the ids, when the stream has id columns.</summary>
    /// <param name="rowIds">One id for each column.</param>
    public void SetIds(params ReadOnlySpan<int> rowIds)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rowIds.Length, _ids.Length, nameof(rowIds));
        rowIds.CopyTo(_ids);
    }

    private void CheckPositions(ReadOnlySpan<int> positions)
    {
        int previous = -1;
        foreach (int position in positions)
        {
            if (position <= previous || position >= Features)
            {
                throw new ArgumentException($"Position {position} does not ascend or is not below {Features}.", nameof(positions));
            }

            previous = position;
        }
    }

    private void Reserve(int capacity)
    {
        if (_values.Length < capacity)
        {
            _values = new T[capacity];
            _indices = new int[capacity];
        }
    }
}
