namespace EE569.Engine.Networks;

/// <summary>
/// Predicts with the current parameters of a network, which it shares, in buffers of its own. Not thread-safe: give every thread its own.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Predictor<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Large enough for the matrix product, small enough to keep the activations in the cache.
    private const int BlockRows = 256;

    // Above one non-zero feature in so many, a dense product is faster than a sparse one.
    private const int DenseShare = 8;

    private readonly Input<T> _input;
    private readonly IdInput<T>? _idInput;
    private readonly Node<T> _output;
    private readonly Graph<T> _graph;
    private readonly Loss<T> _loss;
    private readonly Matrix<T> _denseBlock;
    private readonly CsrMatrix<T> _sparseBlock;
    private readonly Matrix<int> _idBlock;
    private readonly Matrix<T> _resultBlock;
    private readonly Matrix<T> _singleRow;
    private readonly CsrMatrix<T> _singleSparseRow;
    private readonly Matrix<int> _singleIds;
    private readonly Matrix<T> _singleResult;
    private Matrix<T>? _memberPredictions;

    internal Predictor(Network<T> network)
    {
        Network<T> instance = network.CreateInstance();
        (_input, _idInput, _output, _loss) = (instance.Input, instance.Ids, instance.Output, instance.Loss);
        _graph = new Graph<T>(_output);
        _denseBlock = new Matrix<T>(0, _input.Width);
        _sparseBlock = CsrMatrix<T>.CreateBuffer(_input.Width);
        _idBlock = new Matrix<int>(0, _idInput?.Width ?? 0);
        _resultBlock = new Matrix<T>(0, _output.Width);
        _singleRow = new Matrix<T>(1, _input.Width);
        _singleSparseRow = CsrMatrix<T>.CreateBuffer(_input.Width);
        _singleIds = new Matrix<int>(1, _idInput?.Width ?? 0);
        _singleResult = new Matrix<T>(1, _output.Width);
    }

    /// <summary>Predicts one row without allocating.</summary>
    /// <param name="features">The features.</param>
    /// <param name="result">Receives the probabilities, or the values in regression.</param>
    /// <param name="ids">The ids, if the network reads any.</param>
    public void PredictRow(ReadOnlySpan<T> features, Span<T> result, ReadOnlySpan<int> ids = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(features.Length, _input.Width, nameof(features));
        features.CopyTo(_singleRow.Values);
        _input.Set(_singleRow);
        Finish(result, ids);
    }

    /// <summary>Predicts one sparse row; the work is proportional to its length.</summary>
    /// <param name="indices">Positions of the features that are not 0, ascending.</param>
    /// <param name="values">Their values.</param>
    /// <param name="result">Receives the probabilities, or the values in regression.</param>
    /// <param name="ids">The ids, if the network reads any.</param>
    /// <exception cref="ArgumentException">The positions do not ascend or leave the range of the features.</exception>
    public void PredictRow(ReadOnlySpan<int> indices, ReadOnlySpan<T> values, Span<T> result, ReadOnlySpan<int> ids = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(indices.Length, values.Length, nameof(indices));
        CsrMatrix<T>.CheckRow(0, indices, _input.Width);
        if (_input.DenseConsumer is null && indices.Length < _input.Width / DenseShare)
        {
            _singleSparseRow.Clear();
            _singleSparseRow.Append(indices, values);
            _input.Set(_singleSparseRow);
            Finish(result, ids);
            return;
        }

        Span<T> row = _singleRow.Values;
        row.Clear();
        for (int i = 0; i < indices.Length; i++)
        {
            row[indices[i]] = values[i];
        }

        _input.Set(_singleRow);
        Finish(result, ids);
    }

    /// <summary>Predicts rows, block by block.</summary>
    /// <param name="features">Rows x features.</param>
    /// <param name="result">Receives rows x outputs.</param>
    /// <param name="ids">Rows x id columns, if the network reads ids.</param>
    public void Predict(Matrix<T> features, Matrix<T> result, Matrix<int>? ids = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        CheckShapes(features.Rows, features.Columns, result, ids);
        for (int first = 0; first < features.Rows; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, features.Rows - first);
            _denseBlock.PointAt(features, first, rows);
            _input.Set(_denseBlock);
            Finish(result, ids, first, rows);
        }
    }

    /// <summary>Predicts sparse rows, block by block.</summary>
    /// <param name="features">Rows x features.</param>
    /// <param name="result">Receives rows x outputs.</param>
    /// <param name="ids">Rows x id columns, if the network reads ids.</param>
    public void Predict(CsrMatrix<T> features, Matrix<T> result, Matrix<int>? ids = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        CheckShapes(features.Rows, features.Columns, result, ids);
        for (int first = 0; first < features.Rows; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, features.Rows - first);
            _sparseBlock.PointAt(features, first, rows);
            _input.Set(_sparseBlock);
            Finish(result, ids, first, rows);
        }
    }

    private void Finish(Span<T> result, ReadOnlySpan<int> ids)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ids.Length, _singleIds.Columns, nameof(ids));
        ids.CopyTo(_singleIds.Values);
        _idInput?.Set(_singleIds);
        _graph.Forward();
        _loss.PredictExamples(_output.Value, ref _memberPredictions, _singleResult);
        _singleResult.Values.CopyTo(result);
    }

    private void Finish(Matrix<T> result, Matrix<int>? ids, int first, int rows)
    {
        if (_idInput is not null)
        {
            _idBlock.PointAt(ids!, first, rows);
            _idInput.Set(_idBlock);
        }

        _graph.Forward();
        _resultBlock.PointAt(result, first, rows);
        _loss.PredictExamples(_output.Value, ref _memberPredictions, _resultBlock);
    }

    private void CheckShapes(int rows, int columns, Matrix<T> result, Matrix<int>? ids)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (columns != _input.Width || result.Rows != rows || result.Columns != _output.Width)
        {
            throw new ArgumentException(
                $"Features {rows} x {columns} and result {result.Rows} x {result.Columns} do not suit a network of {_input.Width} features and {_output.Width} outputs.",
                nameof(result));
        }

        if ((ids?.Rows ?? rows, ids?.Columns ?? 0) != (rows, _idBlock.Columns))
        {
            throw new ArgumentException($"The network expects {_idBlock.Columns} ids for each of {rows} rows, got {ids?.Rows ?? 0} x {ids?.Columns ?? 0}.", nameof(ids));
        }
    }
}
