using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns the values of a column and turns each into an indicator vector.</summary>
public sealed class OneHotEncodingEstimator : IEstimator<ITransformer>
{
    private static readonly Dictionary<OutputKind, KeyEncoding> Encodings = new()
    {
        [OutputKind.Bag] = KeyEncoding.Count,
        [OutputKind.Indicator] = KeyEncoding.Indicator,
        [OutputKind.Binary] = KeyEncoding.Binary,
    };

    private readonly IEstimator<ITransformer> _chain;

    internal OneHotEncodingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, OutputKind outputKind, int maximumNumberOfKeys,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality, IDataView? keyData)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ValueToKeyMappingEstimator toKey = new(env, columns, maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText: true, keyData);
        InputOutputColumnPair[] inPlace = [.. columns.Select(pair => new InputOutputColumnPair(pair.OutputColumnName))];
        _chain = outputKind == OutputKind.Key
            ? new EstimatorChain<ITransformer>().Append(toKey)
            : toKey.Append(new KeyToVectorMappingEstimator(env, inPlace, Encodings[outputKind]));
    }

    public ITransformer Fit(IDataView input) => _chain.Fit(input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _chain.GetOutputSchema(inputSchema);

    public enum OutputKind : byte
    {
        /// <summary>The indicators of a vector's slots added up.</summary>
        Bag = 1,
        Indicator = 2,
        Key = 3,

        /// <summary>The number of the category in binary.</summary>
        Binary = 4,
    }
}
