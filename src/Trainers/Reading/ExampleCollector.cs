namespace EE569.Trainers.Reading;

/// <summary>
/// Collects examples into the engine's memory layout. The first rows are kept as non-zeros; once they show that the data is dense, rows are kept
/// whole. So sparse data is never made dense, and memory is proportional to what is there.
/// </summary>
/// <param name="columns">The columns read.</param>
/// <param name="expectedRows">How many examples to make room for once the first rows show their size; 0 if that is not known.</param>
internal sealed class ExampleCollector(TrainingColumns columns, int expectedRows)
{
    /// <summary>Below this share of non-zeros a sparse row (8 bytes a non-zero) is smaller than a dense one (4 bytes a value) by half; the engine makes batches dense where that is faster.</summary>
    public const double DensityThreshold = 0.25;

    private const int RowsToDecide = 1024;
    private readonly int _width = columns.FeatureCount;
    private readonly CsrMatrixBuilder<float> _sparse = new(columns.FeatureCount);
    private float[] _dense = [];
    private int _denseLength;
    private int[] _indices = [];
    private float[] _values = [];
    private readonly List<float> _weights = [];
    private readonly List<double> _labels = [];
    private bool _isDense;

    public int Rows => _labels.Count;

    /// <summary>Whether one more example might not fit into an array.</summary>
    public bool IsFull => (long)Math.Max(_denseLength, _sparse.NonZeros) + _width > Array.MaxLength;

    /// <summary>The class of each example; all 0 where there are no classes.</summary>
    public int[] Classes => columns.Task == LearningTask.Regression ? new int[Rows] : [.. _labels.Select(label => (int)label)];

    private bool IsWorthDense => _sparse.NonZeros >= DensityThreshold * Rows * _width;

    public void Add(ExampleCursor example, int nonZeros)
    {
        if (_isDense)
        {
            AppendDense(in example.Features);
        }
        else
        {
            AppendNonZeros(in example.Features, nonZeros);
        }

        _labels.Add(example.Label);
        _weights.Add(example.Weight);
        if (Rows == RowsToDecide && !_isDense)
        {
            Decide();
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
                file.Add(_dense.AsSpan(row * _width, _width), _labels[row], _weights[row]);
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
            ? new DenseData<float>(new Matrix<float>(Rows, _width, _dense.Length == _denseLength ? _dense : _dense[.._denseLength]), targets)
            : new SparseData<float>(_sparse.Build(), targets);
    }

    /// <summary>Some of the examples, prepared.</summary>
    /// <param name="preparation">How.</param>
    /// <param name="rows">Which.</param>
    public DenseData<float> ToData(InputPreparation preparation, int[] rows)
    {
        var features = new Matrix<float>(rows.Length, preparation.Width);
        for (int i = 0; i < rows.Length; i++)
        {
            preparation.Features.Transform<float>(Row(rows[i]), features.Row(i));
        }

        float[]? weights = columns.Weight is null ? null : [.. rows.Select(row => _weights[row])];
        return new(features, columns.Task == LearningTask.Regression
            ? new Targets<float>(new Matrix<float>(rows.Length, 1, [.. rows.Select(row => (float)preparation.Standardise(_labels[row]))]), weights)
            : new Targets<float>([.. rows.Select(row => (int)_labels[row])], weights));
    }

    /// <summary>The features of an example.</summary>
    public float[] Features(int row) => [.. Row(row)];

    /// <summary>The label of an example.</summary>
    public double Label(int row) => _labels[row];

    private ReadOnlySpan<float> Row(int row)
    {
        if (!_isDense)
        {
            MakeDense();
        }

        return _dense.AsSpan(row * _width, _width);
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
        int start = _denseLength;
        _denseLength += _width;
        if (_denseLength > _dense.Length)
        {
            Enlarge(Math.Max(_denseLength, (int)Math.Min(2L * _dense.Length, Array.MaxLength)));
        }

        features.CopyTo(_dense.AsSpan(start, _width));
    }

    private void AppendNonZeros(in VBuffer<float> features, int nonZeros)
    {
        var values = features.GetValues();
        if (!features.IsDense && nonZeros == values.Length)
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

    private void Decide()
    {
        // The first rows may have more non-zeros than the rest, so room for very many is not made on their word.
        const double margin = 1.02, mostReserved = 1 << 24;
        if (IsWorthDense)
        {
            MakeDense();
            Enlarge((int)Math.Min((long)expectedRows * _width, Array.MaxLength));
        }
        else
        {
            _sparse.EnsureCapacity((int)Math.Min(margin * _sparse.NonZeros / Rows * expectedRows, mostReserved));
        }
    }

    private void MakeDense()
    {
        _dense = _sparse.Build().ToDense().Values.ToArray();
        _denseLength = _dense.Length;
        _isDense = true;
    }

    private void Enlarge(int capacity)
    {
        if (capacity > _dense.Length)
        {
            float[] larger = GC.AllocateUninitializedArray<float>(capacity);
            _dense.CopyTo(larger, 0);
            _dense = larger;
        }
    }
}
