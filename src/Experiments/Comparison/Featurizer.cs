using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace EE569.Experiments.Comparison;

/// <summary>The steps from a table's columns to what trainers read: a vector of features and a label.</summary>
/// <remarks>All work in place but the vector, whose name no column has: a helper column beside the user's could hide one of them, or be taken for one.</remarks>
internal static class Featurizer
{
    private const string DaysOrMissing = "ticks => ticks > 0 ? ticks / 864000000000f : 0f / 0f";

    /// <summary>
    /// The vector <see cref="LabeledTable.FeatureVector"/>: missing numbers become the mean, numbers (and dates, as days) are standardised, categories become one-hot slots of 0 and 1.
    /// Slots of categories are not standardised: centred, each would be a number in every row, and their many zeros would take up memory.
    /// </summary>
    public static IEstimator<ITransformer> CreateForFeatures(MLContext ml, LabeledTable table)
    {
        string[] numeric = [.. table.Numeric, .. table.Dates], others = [.. table.Categorical, .. table.FreeText];
        string vector = table.FeatureVector, numbers = others.Length == 0 ? vector : table.Unused($"{vector} of numbers");
        var steps = new List<IEstimator<ITransformer>>();
        if (table.Categorical.Count > 0)
        {
            // Before the numbers: an ONNX file holds what follows the first join, and has no one-hot encoding.
            steps.Add(ml.Transforms.Categorical.OneHotEncoding(InPlace(table.Categorical)));
        }

        steps.AddRange(table.FreeText.Select(name => ml.Transforms.Text.FeaturizeText(name)));
        foreach (string name in table.Dates)
        {
            // A missing date is the year 1 to an IDataView.
            steps.Add(ml.Transforms.Conversion.ConvertType(name, outputKind: DataKind.Single));
            steps.Add(ml.Transforms.Expression(name, DaysOrMissing, name));
        }

        if (numeric.Length > 0)
        {
            steps.Add(ml.Transforms.ReplaceMissingValues(InPlace(numeric), MissingValueReplacingEstimator.ReplacementMode.Mean));
            steps.Add(ml.Transforms.Concatenate(numbers, numeric));
            steps.Add(ml.Transforms.NormalizeMeanVariance(numbers, maximumExampleCount: long.MaxValue, fixZero: false));
        }

        if (others.Length > 0)
        {
            steps.Add(ml.Transforms.Concatenate(vector, [.. numeric.Length > 0 ? [numbers] : Array.Empty<string>(), .. others]));
        }

        return steps.Aggregate(new EstimatorChain<ITransformer>(), (chain, step) => chain.Append(step));
    }

    /// <summary>Rows of <see cref="LabeledTable.WithTextLabel"/> with the class as a key: its values are the table's classes in their order, whichever of them the rows have.</summary>
    public static IDataView WithKeyLabel(MLContext ml, LabeledTable table, DataFrame rows) => ml.Transforms.Conversion
        .MapValueToKey(table.TrainingLabel, keyData: new DataFrame(new StringDataFrameColumn(table.TrainingLabel, table.Classes))).Fit(rows).Transform(rows);

    private static InputOutputColumnPair[] InPlace(IEnumerable<string> columns) => [.. columns.Select(name => new InputOutputColumnPair(name, name))];
}
