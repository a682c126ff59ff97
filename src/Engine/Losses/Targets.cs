namespace EE569.Engine.Losses;

/// <summary>What predictions are compared with - class indices or values - and the weights of the examples.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Targets<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private int[] _labels;
    private T[] _weights;
    private int _first;

    /// <summary>Creates targets that are classes.</summary>
    /// <param name="labels">Class of each row, from 0. The array is not copied.</param>
    /// <param name="weights">Weight of each row, finite and not negative; null when all are 1. The array is not copied.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a weight is not usable.</exception>
    public Targets(int[] labels, T[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        (_labels, Rows, _weights) = (labels, labels.Length, weights ?? []);
        CheckWeights();
    }

    /// <summary>Creates targets that are values: rows of a regression, or probabilities of classes.</summary>
    /// <param name="values">Rows x outputs. The matrix is not copied.</param>
    /// <param name="weights">Weight of each row, finite and not negative; null when all are 1. The array is not copied.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a weight is not usable.</exception>
    public Targets(Matrix<T> values, T[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        (_labels, Values, Rows, _weights) = ([], values, values.Rows, weights ?? []);
        CheckWeights();
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>The class of each row; empty when the targets are values.</summary>
    public ReadOnlySpan<int> Labels => Values is null ? _labels.AsSpan(_first, Rows) : [];

    /// <summary>The values, rows x outputs; null when the targets are classes.</summary>
    public Matrix<T>? Values { get; }

    /// <summary>The weight of each row; empty when all are 1.</summary>
    public ReadOnlySpan<T> Weights => _weights.Length == 0 ? [] : _weights.AsSpan(_first, Rows);

    internal unsafe long Bytes => (long)_labels.Length * sizeof(int) + (long)_weights.Length * sizeof(T) + (Values?.Bytes ?? 0);

    internal double Weight(int row) => _weights.Length == 0 ? 1 : double.CreateTruncating(_weights[_first + row]);

    internal Targets<T> Subset(ReadOnlySpan<int> rows)
    {
        Targets<T> subset = CreateBuffer(rows.Length);
        subset.Gather(this, rows);
        return subset;
    }

    /// <summary>A buffer for batches of rows of these targets.</summary>
    internal Targets<T> CreateBuffer(int capacity) => CreateBuffer(capacity, Values?.Columns, _weights.Length > 0);

    internal static Targets<T> CreateBuffer(int capacity, int? outputs, bool hasWeights)
    {
        T[]? weights = hasWeights ? new T[capacity] : null;
        return outputs is { } columns ? new(new Matrix<T>(capacity, columns), weights) : new(new int[capacity], weights);
    }

    /// <summary>Copies rows into this buffer.</summary>
    internal void Gather(Targets<T> source, ReadOnlySpan<int> rows)
    {
        Rows = rows.Length;
        Values?.Gather(source.Values!, rows);
        for (int i = 0; i < rows.Length; i++)
        {
            if (Values is null)
            {
                _labels[i] = source._labels[source._first + rows[i]];
            }

            if (_weights.Length > 0)
            {
                _weights[i] = source._weights[source._first + rows[i]];
            }
        }
    }

    /// <summary>Makes this buffer several copies of targets, one after the other, without their weights.</summary>
    internal void Repeat(Targets<T> source, int times)
    {
        if (Values is null && _labels.Length < source.Rows * times)
        {
            _labels = new int[source.Rows * times];
        }

        SetRows(source.Rows * times);
        for (int i = 0; i < times; i++)
        {
            source.Labels.CopyTo(_labels.AsSpan(Values is null ? i * source.Rows : 0));
            source.Values?.Values.CopyTo(Values!.Values[(i * source.Values.Values.Length)..]);
        }
    }

    /// <summary>Makes these targets a view of rows of others.</summary>
    internal void PointAt(Targets<T> source, int firstRow, int rows)
    {
        (_labels, _weights, _first, Rows) = (source._labels, source._weights, source._first + firstRow, rows);
        Values?.PointAt(source.Values!, firstRow, rows);
    }

    internal void SetRows(int rows)
    {
        Rows = rows;
        Values?.SetRows(rows);
    }

    /// <summary>Adds a row to a buffer that has weights; memory only grows.</summary>
    internal void Append(int label, ReadOnlySpan<T> target, T weight)
    {
        if (Rows == _weights.Length)
        {
            Array.Resize(ref _weights, 2 * Rows + 1);
            Array.Resize(ref _labels, Values is null ? _weights.Length : 0);
        }

        if (Values is null)
        {
            _labels[Rows] = label;
        }
        else
        {
            Values.Append(target);
        }

        _weights[Rows++] = weight;
    }

    internal void CheckLabels(int classes)
    {
        if (Values is not null)
        {
            throw new ArgumentException("This loss needs class labels, the targets are values.");
        }

        ReadOnlySpan<int> all = Labels;
        for (int row = 0; row < all.Length; row++)
        {
            if ((uint)all[row] >= (uint)classes)
            {
                throw new ArgumentException($"Row {row}: label {all[row]} is outside 0 to {classes - 1}.");
            }
        }
    }

    internal void CheckValues(int outputs, T minimum, T maximum)
    {
        if (Values is null || Values.Columns != outputs)
        {
            throw new ArgumentException($"This loss needs {outputs} target values a row, the targets are {(Values is null ? "labels" : $"{Values.Columns} values")}.");
        }

        for (int row = 0; row < Rows; row++)
        {
            foreach (T value in Values.Row(row))
            {
                if (!T.IsFinite(value) || value < minimum || value > maximum)
                {
                    throw new ArgumentException($"Row {row}: target {value} is not a finite number from {minimum} to {maximum}.");
                }
            }
        }
    }

    private void CheckWeights()
    {
        if (_weights.Length != 0 && _weights.Length != Rows)
        {
            throw new ArgumentException($"{Rows} rows have {_weights.Length} weights.", nameof(_weights));
        }

        for (int row = 0; row < _weights.Length; row++)
        {
            if (!(T.IsFinite(_weights[row]) && _weights[row] >= T.Zero))
            {
                throw new ArgumentException($"Row {row}: weight {_weights[row]} is not finite or is negative.", nameof(_weights));
            }
        }
    }
}
