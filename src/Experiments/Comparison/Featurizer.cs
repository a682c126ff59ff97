using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace EE569.Experiments.Comparison;

/// <summary>The steps from a table's columns to what trainers read: a vector of features and a label.</summary>
/// <remarks>All work in place but the vector, whose name no column has: a helper column beside the user's could hide one of them, or be taken for one.</remarks>
internal static class Featurizer
{
    /// <summary>
    /// The vector <see cref="LabeledTable.FeatureVector"/>: missing numbers become the mean, numbers are standardised, categories become one-hot slots of 0 and 1.
    /// Slots of categories are not standardised: centred, each would be a number in every row, and their many zeros would take up memory.
    /// </summary>
    public static IEstimator<ITransformer> CreateForFeatures(MLContext ml, LabeledTable table)
    {
        string vector = table.FeatureVector, numbers = table.Categorical.Count == 0 ? vector : table.Unused($"{vector} of numbers");
        var steps = new List<IEstimator<ITransformer>>();
        if (table.Categorical.Count > 0)
        {
            // Before the numbers: an ONNX file holds what follows the first join, and has no one-hot encoding.
            steps.Add(ml.Transforms.Categorical.OneHotEncoding(InPlace(table.Categorical)));
        }

        if (table.Numeric.Count > 0)
        {
            steps.Add(ml.Transforms.ReplaceMissingValues(InPlace(table.Numeric), MissingValueReplacingEstimator.ReplacementMode.Mean));
            steps.Add(ml.Transforms.Concatenate(numbers, [.. table.Numeric]));
            steps.Add(ml.Transforms.NormalizeMeanVariance(numbers, maximumExampleCount: long.MaxValue, fixZero: false));
        }

        if (table.Categorical.Count > 0)
        {
            steps.Add(ml.Transforms.Concatenate(vector, [.. table.Numeric.Count > 0 ? [numbers] : Array.Empty<string>(), .. table.Categorical]));
        }

        return steps.Aggregate(new EstimatorChain<ITransformer>(), (chain, step) => chain.Append(step));
    }

    /// <summary>Rows of <see cref="LabeledTable.WithTextLabel"/> with the class as a key: its values are the table's classes in their order, whichever of them the rows have.</summary>
    public static IDataView WithKeyLabel(MLContext ml, LabeledTable table, DataFrame rows) => ml.Transforms.Conversion
        .MapValueToKey(table.TrainingLabel, keyData: new DataFrame(new StringDataFrameColumn(table.TrainingLabel, table.Classes))).Fit(rows).Transform(rows);

    private static InputOutputColumnPair[] InPlace(IEnumerable<string> columns) => [.. columns.Select(name => new InputOutputColumnPair(name, name))];
}
