using System.Runtime.InteropServices;
using EE569.Engine;
using EE569.Engine.Data;
using Microsoft.ML.Data;

namespace EE569.Trainers.Data;

/// <summary>
/// Collects examples into the engine's memory layout. The first rows are kept as non-zeros; once they show that the data is dense, rows are kept
/// whole. So sparse data is never made dense, and memory is proportional to what is there.
/// </summary>
internal sealed class ExampleCollector(TrainingColumns columns)
{
    /// <summary>Below this share of non-zeros a sparse row (8 bytes a non-zero) beats a dense one (4 bytes a value) in memory and in time.</summary>
    public const double DensityThreshold = 0.25;

    private const int RowsToDecide = 1024;
    private readonly int _width = columns.FeatureCount;
    private readonly CsrMatrixBuilder<float> _sparse = new(columns.FeatureCount);
    private readonly List<float> _dense = [];
    private int[] _indices = [];
    private float[] _values = [];
    private readonly List<float> _weights = [];
    private readonly List<double> _labels = [];
    private bool _isDense;

    public int Rows => _labels.Count;

    /// <summary>Whether one more example might not fit into an array.</summary>
    public bool IsFull => (long)Math.Max(_dense.Count, _sparse.NonZeros) + _width > Array.MaxLength;

    /// <summary>The class of each example; all 0 where there are no classes.</summary>
    public int[] Classes => columns.Task == LearningTask.Regression ? new int[Rows] : [.. _labels.Select(label => (int)label)];

    private bool IsWorthDense => _sparse.NonZeros >= DensityThreshold * Rows * _width;

    public void Add(ExampleCursor example)
    {
        if (_isDense)
        {
            AppendDense(in example.Features);
        }
        else
        {
            AppendNonZeros(in example.Features);
        }

        _labels.Add(example.Label);
        _weights.Add(example.Weight);
        if (Rows == RowsToDecide && !_isDense && IsWorthDense)
        {
            MakeDense();
        }
    }

    /// <summary>Moves the examples to a file.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void WriteTo(SpillFile file)
    {
        var sparse = _isDense ? null : _sparse.Build();
        for (int row = 0; row < Rows; row++)
        {
            if (sparse is null)
            {
                file.Add(CollectionsMarshal.AsSpan(_dense).Slice(row * _width, _width), _labels[row], _weights[row]);
            }
            else
            {
                file.Add(sparse.Indices(row), sparse.Values(row), _labels[row], _weights[row]);
            }
        }
    }

    public DataSource<float> ToData()
    {
        if (!_isDense && IsWorthDense)
        {
            MakeDense();
        }

        var targets = ToTargets();
        return _isDense
            ? new DenseData<float>(new Matrix<float>(Rows, _width, [.. _dense]), targets)
            : new SparseData<float>(_sparse.Build(), targets);
    }

    private Targets<float> ToTargets()
    {
        float[]? weights = columns.Weight is null ? null : [.. _weights];
        return columns.Task == LearningTask.Regression
            ? new Targets<float>(new Matrix<float>(Rows, 1, [.. _labels.Select(label => (float)label)]), weights)
            : new Targets<float>(Classes, weights);
    }

    private void AppendDense(in VBuffer<float> features)
    {
        int start = _dense.Count;
        CollectionsMarshal.SetCount(_dense, start + _width);
        features.CopyTo(CollectionsMarshal.AsSpan(_dense)[start..]);
    }

    private void AppendNonZeros(in VBuffer<float> features)
    {
        var values = features.GetValues();
        if (!features.IsDense && !values.Contains(0))
        {
            _sparse.Append(features.GetIndices(), values);
            return;
        }

        if (_values.Length < values.Length)
        {
            (_indices, _values) = (new int[values.Length], new float[values.Length]);
        }

        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                (_indices[count], _values[count++]) = (features.IsDense ? i : features.GetIndices()[i], values[i]);
            }
        }

        _sparse.Append(_indices.AsSpan(0, count), _values.AsSpan(0, count));
    }

    private void MakeDense()
    {
        _dense.AddRange(_sparse.Build().ToDense().Values);
        _isDense = true;
    }
}
