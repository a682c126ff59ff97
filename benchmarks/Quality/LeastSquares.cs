using EE569.Benchmarks.Workloads;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Benchmarks.Quality;

/// <summary>Ordinary least squares by the normal equations (ML.NET's own needs a package of Intel's kernels that is not everywhere).</summary>
internal static class LeastSquares
{
    /// <summary>Relative to the number of rows: enough to decide between equal fits where one-hot columns add up to 1.</summary>
    private const double Ridge = 1e-6;

    public static ITransformer Fit(FitRequest request)
    {
        Matrix<double> rows = Matrix<double>.Build.DenseOfRows(request.Train.GetColumn<float[]>(nameof(VectorExample.Features)).Select(row => row.Select(value => (double)value).Append(1)));
        Vector<double> numbers = Vector<double>.Build.DenseOfEnumerable(request.Train.GetColumn<float>(request.Label).Select(value => (double)value));
        Matrix<double> normal = rows.TransposeThisAndMultiply(rows) + (Ridge * rows.RowCount * Matrix<double>.Build.DenseIdentity(rows.ColumnCount));
        double[] weights = [.. normal.Cholesky().Solve(rows.TransposeThisAndMultiply(numbers))];
        return request.Context.Transforms.CustomMapping<VectorExample, Scored>(
            (row, scored) => scored.Score = (float)(weights[^1] + row.Features.DenseValues().Select((value, i) => value * weights[i]).Sum()),
            contractName: null, VectorExample.Schema(weights.Length - 1, classes: 1)).Fit(request.Train);
    }

    private sealed class Scored
    {
        public float Score { get; set; }
    }
}
