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

    private readonly Input<T> input;
    private readonly Node<T> output;
    private readonly Graph<T> graph;
    private readonly Loss<T> loss;
    private readonly Matrix<T> denseBlock;
    private readonly CsrMatrix<T> sparseBlock;
    private readonly Matrix<T> resultBlock;
    private readonly Matrix<T> singleRow;
    private readonly Matrix<T> singleResult;
    private Matrix<T>? memberPredictions;

    internal Predictor(Network<T> network)
    {
        var copies = new Dictionary<Node<T>, Node<T>>();
        input = new Input<T>(network.Input.Width);
        copies.Add(network.Input, input);
        foreach (Node<T> node in new Graph<T>(network.Output).Nodes.Where(node => node != network.Input))
        {
            copies.Add(node, node.Inputs.IsEmpty ? node : node.Replicate([.. node.Inputs.ToArray().Select(source => copies[source])]));
        }

        output = copies[network.Output];
        graph = new Graph<T>(output);
        loss = network.Loss;
        denseBlock = new Matrix<T>(0, input.Width);
        sparseBlock = CsrMatrix<T>.CreateBuffer(input.Width);
        resultBlock = new Matrix<T>(0, output.Width);
        singleRow = new Matrix<T>(1, input.Width);
        singleResult = new Matrix<T>(1, output.Width);
    }

    /// <summary>Predicts one row without allocating.</summary>
    /// <param name="features">The features.</param>
    /// <param name="result">Receives the probabilities, or the values in regression.</param>
    public void PredictRow(ReadOnlySpan<T> features, Span<T> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(features.Length, input.Width, nameof(features));
        features.CopyTo(singleRow.Values);
        input.Set(singleRow);
        Finish(result);
    }

    /// <summary>Predicts one sparse row.</summary>
    /// <param name="indices">Positions of the features that are not 0, ascending.</param>
    /// <param name="values">Their values.</param>
    /// <param name="result">Receives the probabilities, or the values in regression.</param>
    public void PredictRow(ReadOnlySpan<int> indices, ReadOnlySpan<T> values, Span<T> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(indices.Length, values.Length, nameof(indices));
        Span<T> row = singleRow.Values;
        row.Clear();
        for (int i = 0; i < indices.Length; i++)
        {
            row[indices[i]] = values[i];
        }

        input.Set(singleRow);
        Finish(result);
    }

    /// <summary>Predicts rows, block by block.</summary>
    /// <param name="features">Rows x features.</param>
    /// <param name="result">Receives rows x outputs.</param>
    public void Predict(Matrix<T> features, Matrix<T> result)
    {
        ArgumentNullException.ThrowIfNull(features);
        CheckShapes(features.Rows, features.Columns, result);
        for (int first = 0; first < features.Rows; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, features.Rows - first);
            denseBlock.PointAt(features, first, rows);
            input.Set(denseBlock);
            Finish(result, first, rows);
        }
    }

    /// <summary>Predicts sparse rows, block by block.</summary>
    /// <param name="features">Rows x features.</param>
    /// <param name="result">Receives rows x outputs.</param>
    public void Predict(CsrMatrix<T> features, Matrix<T> result)
    {
        ArgumentNullException.ThrowIfNull(features);
        CheckShapes(features.Rows, features.Columns, result);
        for (int first = 0; first < features.Rows; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, features.Rows - first);
            sparseBlock.PointAt(features, first, rows);
            input.Set(sparseBlock);
            Finish(result, first, rows);
        }
    }

    private void Finish(Span<T> result)
    {
        graph.Forward();
        loss.PredictExamples(output.Value, ref memberPredictions, singleResult);
        singleResult.Values.CopyTo(result);
    }

    private void Finish(Matrix<T> result, int first, int rows)
    {
        graph.Forward();
        resultBlock.PointAt(result, first, rows);
        loss.PredictExamples(output.Value, ref memberPredictions, resultBlock);
    }

    private void CheckShapes(int rows, int columns, Matrix<T> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (columns != input.Width || result.Rows != rows || result.Columns != output.Width)
        {
            throw new ArgumentException(
                $"Features {rows} x {columns} and result {result.Rows} x {result.Columns} do not suit a network of {input.Width} features and {output.Width} outputs.",
                nameof(result));
        }
    }
}
