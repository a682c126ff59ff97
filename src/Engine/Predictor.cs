using System.Numerics;
using EE569.Engine.Nodes;

namespace EE569.Engine;

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

    private readonly Input<T> input;
    private readonly IdInput<T>? idInput;
    private readonly Node<T> output;
    private readonly Graph<T> graph;
    private readonly Loss<T> loss;
    private readonly Matrix<T> denseBlock;
    private readonly CsrMatrix<T> sparseBlock;
    private readonly Matrix<int> idBlock;
    private readonly Matrix<T> resultBlock;
    private readonly Matrix<T> singleRow;
    private readonly CsrMatrix<T> singleSparseRow;
    private readonly Matrix<int> singleIds;
    private readonly Matrix<T> singleResult;
    private Matrix<T>? memberPredictions;

    internal Predictor(Network<T> network)
    {
        Network<T> instance = network.CreateInstance();
        (input, idInput, output, loss) = (instance.Input, instance.Ids, instance.Output, instance.Loss);
        graph = new Graph<T>(output);
        denseBlock = new Matrix<T>(0, input.Width);
        sparseBlock = CsrMatrix<T>.CreateBuffer(input.Width);
        idBlock = new Matrix<int>(0, idInput?.Width ?? 0);
        resultBlock = new Matrix<T>(0, output.Width);
        singleRow = new Matrix<T>(1, input.Width);
        singleSparseRow = CsrMatrix<T>.CreateBuffer(input.Width);
        singleIds = new Matrix<int>(1, idInput?.Width ?? 0);
        singleResult = new Matrix<T>(1, output.Width);
    }

    /// <summary>Predicts one row without allocating.</summary>
    /// <param name="features">The features.</param>
    /// <param name="result">Receives the probabilities, or the values in regression.</param>
    /// <param name="ids">The ids, if the network reads any.</param>
    public void PredictRow(ReadOnlySpan<T> features, Span<T> result, ReadOnlySpan<int> ids = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(features.Length, input.Width, nameof(features));
        features.CopyTo(singleRow.Values);
        input.Set(singleRow);
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
        CsrMatrix<T>.CheckRow(0, indices, input.Width);
        if (input.DenseConsumer is null && indices.Length < input.Width / DenseShare)
        {
            singleSparseRow.Clear();
            singleSparseRow.Append(indices, values);
            input.Set(singleSparseRow);
            Finish(result, ids);
            return;
        }

        Span<T> row = singleRow.Values;
        row.Clear();
        for (int i = 0; i < indices.Length; i++)
        {
            row[indices[i]] = values[i];
        }

        input.Set(singleRow);
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
            denseBlock.PointAt(features, first, rows);
            input.Set(denseBlock);
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
            sparseBlock.PointAt(features, first, rows);
            input.Set(sparseBlock);
            Finish(result, ids, first, rows);
        }
    }

    private void Finish(Span<T> result, ReadOnlySpan<int> ids)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ids.Length, singleIds.Columns, nameof(ids));
        ids.CopyTo(singleIds.Values);
        idInput?.Set(singleIds);
        graph.Forward();
        loss.PredictExamples(output.Value, ref memberPredictions, singleResult);
        singleResult.Values.CopyTo(result);
    }

    private void Finish(Matrix<T> result, Matrix<int>? ids, int first, int rows)
    {
        if (idInput is not null)
        {
            idBlock.PointAt(ids!, first, rows);
            idInput.Set(idBlock);
        }

        graph.Forward();
        resultBlock.PointAt(result, first, rows);
        loss.PredictExamples(output.Value, ref memberPredictions, resultBlock);
    }

    private void CheckShapes(int rows, int columns, Matrix<T> result, Matrix<int>? ids)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (columns != input.Width || result.Rows != rows || result.Columns != output.Width)
        {
            throw new ArgumentException(
                $"Features {rows} x {columns} and result {result.Rows} x {result.Columns} do not suit a network of {input.Width} features and {output.Width} outputs.",
                nameof(result));
        }

        if ((ids?.Rows ?? rows, ids?.Columns ?? 0) != (rows, idBlock.Columns))
        {
            throw new ArgumentException($"The network expects {idBlock.Columns} ids for each of {rows} rows, got {ids?.Rows ?? 0} x {ids?.Columns ?? 0}.", nameof(ids));
        }
    }
}
