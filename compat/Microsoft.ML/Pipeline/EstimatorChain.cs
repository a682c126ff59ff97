using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Estimators fitted one after the other, each on the output of those before.</summary>
public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
    where TLastTransformer : class, ITransformer
{
    public readonly IEstimator<TLastTransformer> LastEstimator;
    private readonly EstimatorLink[] _links;
    private readonly IHostEnvironment? _env;

    public EstimatorChain() : this(null, [])
    {
    }

    private EstimatorChain(IHostEnvironment? env, EstimatorLink[] links)
    {
        _env = env;
        _links = links;
        LastEstimator = (IEstimator<TLastTransformer>)links.LastOrDefault().Estimator!;
    }

    public TransformerChain<TLastTransformer> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        IDataView data = input;
        ITransformer[] fitted = new ITransformer[_links.Length];
        for (int i = 0; i < _links.Length; i++)
        {
            _env?.CheckAlive();
            fitted[i] = _links[i].Estimator.Fit(data);
            data = fitted[i].Transform(data);
            if (_links[i].CacheAfter && i < _links.Length - 1)
            {
                data = new CachedDataView(data);
            }
        }

        return new(fitted, _links.Select(link => link.Scope));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        _links.Aggregate(inputSchema, (schema, link) => link.Estimator.GetOutputSchema(schema));

    public EstimatorChain<TNewTrans> Append<TNewTrans>(IEstimator<TNewTrans> estimator, TransformerScope scope = TransformerScope.Everything)
        where TNewTrans : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return new(_env, [.. _links, new EstimatorLink(estimator, scope, CacheAfter: false)]);
    }

    public EstimatorChain<TLastTransformer> AppendCacheCheckpoint(IHostEnvironment env) =>
        _links.Length == 0 ? this : new(env, [.. _links[..^1], _links[^1] with { CacheAfter = true }]);
}

internal readonly record struct EstimatorLink(IEstimator<ITransformer> Estimator, TransformerScope Scope, bool CacheAfter);
