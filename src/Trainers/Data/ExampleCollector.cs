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
    private readonly List<int> _rowStarts = [0];
    private readonly List<int> _indices = [];
    private readonly List<float> _values = [];
    private readonly List<float> _weights = [];
    private readonly List<double> _labels = [];
    private bool _isDense;

    public int Rows => _labels.Count;

    /// <summary>Whether one more example might not fit into an array.</summary>
    public bool IsFull => (long)_values.Count + _width > Array.MaxLength;

    /// <summary>The class of each example; all 0 where there are no classes.</summary>
    public int[] Classes => columns.Task == LearningTask.Regression ? new int[Rows] : [.. _labels.Select(label => (int)label)];

    private bool IsWorthDense => _values.Count >= DensityThreshold * Rows * _width;

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

    public DataSource<float> ToData()
    {
        if (!_isDense && IsWorthDense)
        {
            MakeDense();
        }

        var targets = ToTargets();
        return _isDense
            ? new DenseData<float>(new Matrix<float>(Rows, _width, [.. _values]), targets)
            : new SparseData<float>(new CsrMatrix<float>(Rows, _width, [.. _rowStarts], [.. _indices], [.. _values]), targets);
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
        int start = _values.Count;
        CollectionsMarshal.SetCount(_values, start + _width);
        features.CopyTo(CollectionsMarshal.AsSpan(_values)[start..]);
    }

    private void AppendNonZeros(in VBuffer<float> features)
    {
        var values = features.GetValues();
        var indices = features.GetIndices();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                _indices.Add(features.IsDense ? i : indices[i]);
                _values.Add(values[i]);
            }
        }

        _rowStarts.Add(_values.Count);
    }

    private void MakeDense()
    {
        var sparse = new CsrMatrix<float>(Rows, _width, [.. _rowStarts], [.. _indices], [.. _values]);
        _values.Clear();
        _values.AddRange(sparse.ToDense().Values);
        _indices.Clear();
        _rowStarts.Clear();
        _isDense = true;
    }
}
