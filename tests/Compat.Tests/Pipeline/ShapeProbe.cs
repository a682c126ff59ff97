using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>Catches the schema shape that an estimator chain hands from one estimator to the next before it fits.</summary>
internal sealed class ShapeProbe : IEstimator<ITransformer>
{
    private SchemaShape? _shape;

    /// <summary>What the estimator's GetOutputSchema gives for the shape of the view.</summary>
    public static SchemaShape OutputShape(IEstimator<ITransformer> estimator, IDataView data)
    {
        ShapeProbe probe = new();
        try
        {
            new EstimatorChain<ITransformer>().Append(estimator).Append(probe).Fit(data);
        }
        catch (ShapeSeenException)
        {
        }

        return probe._shape!;
    }

    public ITransformer Fit(IDataView input) => throw new InvalidOperationException("The chain fits before it has seen the schema.");

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _shape = inputSchema;
        throw new ShapeSeenException();
    }

    private sealed class ShapeSeenException : Exception;
}
