namespace Microsoft.ML.Data;

/// <summary>Writes a <see cref="VBuffer{T}"/>, reusing the buffers of its old value where they are large enough.</summary>
public static class VBufferEditor
{
    public static VBufferEditor<T> CreateFromBuffer<T>(ref VBuffer<T> destination) =>
        Create(ref destination, destination.Length, destination.GetValues().Length, keepOldOnResize: true);

    public static VBufferEditor<T> Create<T>(ref VBuffer<T> destination, int newLogicalLength, int? valuesCount = null,
        int? maxValuesCapacity = null, bool keepOldOnResize = false, bool requireIndicesOnDense = false)
    {
        int count = valuesCount ?? newLogicalLength;
        if (newLogicalLength < 0 || count < 0 || count > newLogicalLength)
        {
            throw new ArgumentOutOfRangeException(nameof(valuesCount), $"A vector of length {newLogicalLength} cannot store {count} values.");
        }

        // Whoever keeps the old values appends: doubling makes that linear.
        int capacity = keepOldOnResize ? (int)Math.Max(count, Math.Min(count * 2L, maxValuesCapacity ?? newLogicalLength)) : count;
        T[] values = destination.ValueBuffer ?? [];
        bool newValues = values.Length < count;
        if (newValues)
        {
            T[] grown = new T[capacity];
            if (keepOldOnResize)
            {
                values.AsSpan().CopyTo(grown);
            }

            values = grown;
        }

        int[]? indices = destination.IndexBuffer;
        bool newIndices = (count < newLogicalLength || requireIndicesOnDense) && (indices?.Length ?? -1) < count;
        if (newIndices)
        {
            int[] grown = new int[capacity];
            if (keepOldOnResize)
            {
                indices.AsSpan().CopyTo(grown);
            }

            indices = grown;
        }

        return new(newLogicalLength, count, values, indices, requireIndicesOnDense, newValues, newIndices);
    }
}

public readonly ref struct VBufferEditor<T>
{
    public readonly Span<T> Values;
    public readonly Span<int> Indices;
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[]? _indices;

    internal VBufferEditor(int length, int count, T[] values, int[]? indices, bool indicesOnDense, bool newValues, bool newIndices)
    {
        _length = length;
        _values = values;
        _indices = indices;
        Values = values.AsSpan(0, count);
        Indices = count < length || indicesOnDense ? indices.AsSpan(0, count) : default;
        CreatedNewValues = newValues;
        CreatedNewIndices = newIndices;
    }

    public bool CreatedNewValues { get; }

    public bool CreatedNewIndices { get; }

    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices);

    public VBuffer<T> CommitTruncated(int physicalValuesCount) => new(_length, physicalValuesCount, _values, _indices);
}
