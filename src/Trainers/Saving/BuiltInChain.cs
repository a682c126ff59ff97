using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;

namespace EE569.Trainers.Saving;

/// <summary>
/// A network as a chain of ML.NET's own transformers: per hidden layer an affine scorer and an expression, a linear model on top, and the columns
/// between them dropped. It gives the output schema, and it is what a model file holds, so the file loads where this library is absent.
/// </summary>
internal static class BuiltInChain
{
    /// <summary>Makes the last transformer from the last layer, the schema it reads and its feature column.</summary>
    public delegate ITransformer TopFactory(DenseLayer layer, DataViewSchema schema, string feature);

    public static ITransformer Create(IHostEnvironment env, IReadOnlyList<DenseLayer> layers, DataViewSchema schema, string feature, TopFactory top)
    {
        var catalog = MLNetInternals.Transforms(env);
        var chain = new List<ITransformer>();
        var helpers = new List<string>();
        for (int i = 0; i < layers.Count - 1; i++)
        {
            string hidden = HiddenColumn.Name(i + 1, layers[i].Activation);
            string largest = HiddenColumn.Largest(hidden);
            Append(BuiltInModels.Affine(env, layers[i], schema, feature, largest));
            Append(catalog.Expression(hidden, HiddenColumn.Expression(layers[i].Activation), OutputColumns.Score).Fit(new SchemaOnlyView(schema)));
            helpers.AddRange([largest, hidden]);
            feature = hidden;
        }

        Append(top(layers[^1], schema, feature));
        if (helpers.Count > 0)
        {
            // This drops the hidden Score columns of the affine scorers, too.
            Append(catalog.DropColumns([.. helpers]).Fit(new SchemaOnlyView(schema)));
        }

        return new TransformerChain<ITransformer>([.. chain]);

        void Append(ITransformer transformer)
        {
            chain.Add(transformer);
            schema = transformer.GetOutputSchema(schema);
        }
    }

    /// <summary>The transformer that reads the features.</summary>
    public static ITransformer FirstOf(ITransformer chain) => ((IEnumerable<ITransformer>)chain).First();

    /// <summary>Reads the layers of a chain back.</summary>
    /// <param name="chain">What <see cref="Create"/> made, after saving and loading; or a model that holds it.</param>
    /// <returns>The last network in it, or null.</returns>
    public static LoadedNetwork? Read(ITransformer chain)
    {
        if (chain is not IEnumerable<ITransformer> parts)
        {
            return null;
        }

        foreach (var part in parts.Reverse())
        {
            if (Read(part) is { } found)
            {
                return found;
            }
        }

        return ReadOwn(chain);
    }

    /// <summary>Reads a chain that is a network and nothing more: neither a model that holds one, nor one that something follows.</summary>
    public static LoadedNetwork? ReadOwn(ITransformer chain)
    {
        ITransformer[] parts = chain is IEnumerable<ITransformer> all ? [.. all] : [];
        var scorers = parts.Where((_, i) => i % 2 == 0).OfType<ISingleFeaturePredictionTransformer<object>>().ToArray();
        if (scorers.Length == 0 || parts.Length != (2 * scorers.Length) - (scorers.Length == 1 ? 1 : 0))
        {
            return null;
        }

        var layers = new List<DenseLayer>();
        for (int i = 0; i < scorers.Length; i++)
        {
            bool isTop = i == scorers.Length - 1;
            var activation = isTop ? Activation.Identity : HiddenColumn.ActivationOf(scorers[i + 1].FeatureColumnName);
            if (activation is null || LayerOf(scorers[i].Model, activation.Value) is not { } layer)
            {
                return null;
            }

            layers.Add(layer);
        }

        return new LoadedNetwork(layers, scorers[0].FeatureColumnName, scorers[^1], chain);
    }

    private static DenseLayer? LayerOf(object model, Activation activation) => model switch
    {
        LinearMulticlassModelParametersBase multiclass => BuiltInModels.LayerOf(multiclass, activation),
        LinearModelParameters linear => BuiltInModels.LayerOf(linear),
        CalibratedModelParametersBase { SubModel: LinearModelParameters linear } => BuiltInModels.LayerOf(linear),
        _ => null,
    };
}
