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
    private int _width = columns.FeatureCount;
    private readonly CsrMatrixBuilder<float> _sparse = new(columns.FeatureCount);
    private float[] _dense = [];
    private int _denseLength;
    private int[] _indices = [];
    private float[] _values = [];
    private readonly List<float> _weights = [];
    private readonly List<double> _labels = [];
    private CsrMatrix<float>? _built;
    private bool _isDense;

    public int Rows => _labels.Count;

    /// <summary>Whether one more example, prepared with as many indicators as features, might not fit into an array.</summary>
    public bool IsFull => (long)Math.Max(_denseLength, _sparse.NonZeros) + _width > Array.MaxLength / 2;

    /// <summary>The class of each example; all 0 where there are no classes.</summary>
    public int[] Classes => columns.Task == LearningTask.Regression ? new int[Rows] : [.. _labels.Select(label => (int)label)];

    /// <summary>The examples as non-zeros, once all are there.</summary>
    private CsrMatrix<float> Sparse => _built ??= _sparse.Build();

    private bool IsWorthDense => (_built?.NonZeros ?? _sparse.NonZeros) >= DensityThreshold * Rows * _width;

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
        var sparse = _isDense ? null : Sparse;
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
        Settle();
        var targets = ToTargets();
        return _isDense
            ? new DenseData<float>(new Matrix<float>(Rows, _width, _dense.Length == _denseLength ? _dense : _dense[.._denseLength]), targets)
            : new SparseData<float>(Sparse, targets);
    }

    /// <summary>Learns how to prepare features from some of the examples.</summary>
    public RobustScale FitScale(int[] rows, double leastDistance)
    {
        Settle();
        if (_isDense)
        {
            return RobustScale.Fit(Dense(rows), leastDistance);
        }

        var some = new CsrMatrixBuilder<float>(_width);
        some.EnsureCapacity(rows.Sum(row => Sparse.Indices(row).Length));
        Array.ForEach(rows, row => some.Append(Sparse.Indices(row), Sparse.Values(row)));
        return RobustScale.Fit(some.Build(), leastDistance);
    }

    /// <summary>Prepares the examples, in place where they stay as long.</summary>
    /// <param name="preparation">How.</param>
    /// <param name="keepsSparse">Whether examples of few non-zeros stay so.</param>
    public void Prepare(InputPreparation preparation, bool keepsSparse)
    {
        var scaler = preparation.Features;
        Settle(keepsSparse);
        if (_isDense)
        {
            float[] prepared = scaler.Outputs == _width ? _dense : GC.AllocateUninitializedArray<float>(Rows * scaler.Outputs);
            for (int row = 0; row < Rows; row++)
            {
                scaler.Transform(_dense.AsSpan(row * _width, _width), prepared.AsSpan(row * scaler.Outputs, scaler.Outputs));
            }

            (_dense, _denseLength) = (prepared, Rows * scaler.Outputs);
        }
        else
        {
            var (prepared, row) = (new CsrMatrixBuilder<float>(scaler.Outputs), new PreparedRow(scaler));
            prepared.EnsureCapacity((int)Math.Min(Sparse.NonZeros + ((long)Rows * scaler.MostAdded), Array.MaxLength));
            for (int i = 0; i < Rows; i++)
            {
                row.Set(Sparse.Indices(i), Sparse.Values(i));
                prepared.Append(row.Indices, row.Values);
            }

            _built = prepared.Build();
        }

        _width = scaler.Outputs;
        for (int i = 0; i < Rows && preparation.Label is not null; i++)
        {
            _labels[i] = preparation.Label.Standardise(_labels[i]);
        }
    }

    /// <summary>The features of some examples that are dense.</summary>
    public Matrix<float> Dense(int[] rows) => Matrix<float>.FromRows([.. rows.Select(row => _dense.AsSpan(row * _width, _width).ToArray())]);

    /// <summary>The label of an example.</summary>
    public double Label(int row) => _labels[row];

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

    private void Settle(bool keepsSparse = true)
    {
        if (!_isDense && (!keepsSparse || IsWorthDense))
        {
            MakeDense();
        }
    }

    private void MakeDense()
    {
        _dense = (_built ?? _sparse.Build()).ToDense().Values.ToArray();
        _built = null;
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
