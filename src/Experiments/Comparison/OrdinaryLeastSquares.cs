using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra.Double;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace EE569.Experiments.Comparison;

/// <summary>Least squares by the normal equations. ML.NET's own comes with Intel's MKL, which not every processor has.</summary>
/// <remarks>
/// As there, the squares of the weights count 1e-6 each, so that columns that depend on each other, such as the slots of a category, have one answer.
/// </remarks>
/// <param name="ml">The context.</param>
/// <param name="label">The column of numbers.</param>
/// <param name="features">The vector of features.</param>
internal sealed class OrdinaryLeastSquares(MLContext ml, string label, string features) : IEstimator<ITransformer>
{
    private const double Penalty = 1e-6;

    public ITransformer Fit(IDataView input)
    {
        int count = ((VectorDataViewType)input.Schema[features].Type).Size;
        double[][] products = [.. Enumerable.Range(0, count + 1).Select(_ => new double[count + 1])];
        double[] right = new double[count + 1], row = new double[count + 1];
        foreach ((float[] values, float target) in input.GetColumn<float[]>(features).Zip(input.GetColumn<float>(label)))
        {
            TensorPrimitives.ConvertTruncating<float, double>(values, row);
            row[count] = 1;
            TensorPrimitives.MultiplyAdd(row, target, right, right);
            for (int i = 0; i <= count; i++)
            {
                if (row[i] != 0)
                {
                    TensorPrimitives.MultiplyAdd(row, row[i], products[i], products[i]);
                }
            }
        }

        DenseMatrix matrix = DenseMatrix.OfRowArrays(products);
        for (int i = 0; i < count; i++)
        {
            matrix[i, i] += Penalty;
        }

        double[] weights = [.. matrix.Cholesky().Solve(DenseVector.Build.Dense(right))];
        return Scorer(weights, input.Schema[features].Type).Fit(input);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Scorer([], new VectorDataViewType(NumberDataViewType.Single, 1)).GetOutputSchema(inputSchema);

    private CustomMappingEstimator<Features, Prediction> Scorer(double[] weights, DataViewType type)
    {
        var schema = SchemaDefinition.Create(typeof(Features));
        (schema[0].ColumnName, schema[0].ColumnType) = (features, type);
        return ml.Transforms.CustomMapping<Features, Prediction>(
            (from, to) => to.Score = (float)(weights[^1] + from.Values.DenseValues().Select((value, i) => value * weights[i]).Sum()), null, schema);
    }

    private sealed class Features
    {
        public VBuffer<float> Values { get; set; }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
