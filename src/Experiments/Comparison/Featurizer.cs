using EE569.Experiments.Data.Csv;
using Microsoft.ML;

namespace EE569.Experiments.Comparison;

/// <summary>The pipeline from a table's columns to the normalised vector Features and the key Label.</summary>
internal static class Featurizer
{
    public const string Features = "Features";

    /// <summary>The label as a key, for the multiclass trainers.</summary>
    public const string KeyLabel = "Label as key";

    /// <summary>The features alone: what a saved model needs before its trainer.</summary>
    public static IEstimator<ITransformer> CreateForFeatures(MLContext ml, LabeledTable table)
    {
        IEstimator<ITransformer>? steps = null;
        string[] parts = [.. table.Numeric, .. table.Categorical.Select(Encoded)];
        if (table.WithMissing.Count > 0)
        {
            steps = ml.Transforms.ReplaceMissingValues(
                [.. table.WithMissing.Select(name => new InputOutputColumnPair(name, name))],
                Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode.Mean);
        }

        if (table.Categorical.Count > 0)
        {
            IEstimator<ITransformer> encode = ml.Transforms.Categorical.OneHotEncoding([.. table.Categorical.Select(name => new InputOutputColumnPair(Encoded(name), name))]);
            steps = steps is null ? encode : steps.Append(encode);
        }

        IEstimator<ITransformer> join = ml.Transforms.Concatenate(Features, parts);
        steps = steps is null ? join : steps.Append(join);
        return steps.Append(ml.Transforms.NormalizeMeanVariance(Features));
    }

    /// <summary>Features and label.</summary>
    public static IEstimator<ITransformer> Create(MLContext ml, LabeledTable table) => CreateForFeatures(ml, table).Append(CreateForLabel(ml, table));

    /// <summary>The label as a key, its values in the order of the classes' names.</summary>
    public static IEstimator<ITransformer> CreateForLabel(MLContext ml, LabeledTable table) =>
        ml.Transforms.Conversion.MapValueToKey(KeyLabel, table.Label, keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue);

    private static string Encoded(string name) => $"{name} one-hot";
}
