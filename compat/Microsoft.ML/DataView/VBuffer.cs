using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>
/// A vector of one row, dense or sparse. The buffers are reused from row to row: whoever keeps a value copies it.
/// </summary>
public readonly struct VBuffer<T> : IEnumerable
{
    public readonly int Length;
    internal readonly T[] ValueBuffer;
    internal readonly int[]? IndexBuffer;
    private readonly int _count;

    /// <summary>A vector of <paramref name="length"/> stored values; with <paramref name="indices"/> null or a full count it is dense.</summary>
    public VBuffer(int length, T[] values, int[]? indices = null) : this(length, values?.Length ?? 0, values!, indices)
    {
        if (indices is null && Length != _count && values is not null && values.Length >= length)
        {
            _count = length;
        }
    }

    /// <summary>A vector of which the first <paramref name="count"/> values are stored, at ascending <paramref name="indices"/>.</summary>
    public VBuffer(int length, int count, T[] values, int[]? indices)
    {
        if (length < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "The length of a vector must not be negative.");
        }

        int stored = values?.Length ?? 0;
        bool dense = indices is null || count == length;
        if (count < 0 || (dense ? stored < length : count > length || stored < count || indices!.Length < count))
        {
            throw new ArgumentException($"A vector of length {length} does not fit {count} values in buffers of {stored} values and {indices?.Length ?? 0} indices.", nameof(values));
        }

        Length = length;
        ValueBuffer = values ?? [];
        IndexBuffer = indices;
        _count = dense ? length : count;
    }

    public bool IsDense => _count == Length;

    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    /// <summary>The stored values: all of them if dense, else those at <see cref="GetIndices"/>.</summary>
    public ReadOnlySpan<T> GetValues() => ValueBuffer.AsSpan(0, _count);

    /// <summary>The ascending slots of the stored values; empty if dense.</summary>
    public ReadOnlySpan<int> GetIndices() => IsDense ? default : IndexBuffer.AsSpan(0, _count);

    public void CopyTo(ref VBuffer<T> destination)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        if (IsDense)
        {
            VBufferEditor<T> dense = VBufferEditor.Create(ref destination, length);
            GetValues().Slice(sourceIndex, length).CopyTo(dense.Values);
            destination = dense.Commit();
            return;
        }

        ReadOnlySpan<int> indices = GetIndices();
        int first = LowerBound(indices, sourceIndex);
        int count = LowerBound(indices, sourceIndex + length) - first;
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, length, count);
        GetValues().Slice(first, count).CopyTo(editor.Values);
        if (count < length)
        {
            for (int i = 0; i < count; i++)
            {
                editor.Indices[i] = indices[first + i] - sourceIndex;
            }
        }

        destination = editor.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default!)
    {
        Span<T> target = destination.Slice(destinationIndex, Length);
        ReadOnlySpan<T> values = GetValues();
        if (IsDense)
        {
            values.CopyTo(target);
            return;
        }

        target.Fill(defaultValue);
        ReadOnlySpan<int> indices = GetIndices();
        for (int i = 0; i < values.Length; i++)
        {
            target[indices[i]] = values[i];
        }
    }

    public void CopyToDense(ref VBuffer<T> destination)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public IEnumerable<T> DenseValues()
    {
        for (int slot = 0, stored = 0; slot < Length; slot++)
        {
            yield return IsDense ? ValueBuffer[slot]
                : stored < _count && IndexBuffer![stored] == slot ? ValueBuffer[stored++]
                : default!;
        }
    }

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        for (int slot = 0, stored = 0; slot < Length; slot++)
        {
            bool isStored = IsDense || (stored < _count && IndexBuffer![stored] == slot);
            if (isStored || all)
            {
                yield return new(slot, isStored ? ValueBuffer[stored] : default!);
            }

            stored += isStored ? 1 : 0;
        }
    }

    public IEnumerator GetEnumerator() => DenseValues().GetEnumerator();

    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    public T GetItemOrDefault(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
        if (IsDense)
        {
            return ValueBuffer[index];
        }

        int stored = GetIndices().BinarySearch(index);
        return stored < 0 ? default! : ValueBuffer[stored];
    }

    public override string ToString() => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    private static int LowerBound(ReadOnlySpan<int> indices, int slot)
    {
        int position = indices.BinarySearch(slot);
        return position < 0 ? ~position : position;
    }
}
