using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace EE569.Experiments.Comparison;

/// <summary>The steps from a table's columns to what trainers read: a vector of features and a label.</summary>
internal static class Featurizer
{
    /// <summary>The preparation of a table's features in the vector <see cref="LabeledTable.FeatureVector"/>, fitted to some of its rows.</summary>
    /// <param name="ml">The environment.</param>
    /// <param name="table">The table.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="label">Their label; <see cref="LabeledTable.TrainingLabel"/> if null.</param>
    /// <exception cref="UserException">No column has anything to learn from.</exception>
    public static TableFeaturizingTransformer Fit(MLContext ml, LabeledTable table, IDataView rows, string? label = null)
    {
        var options = new TableFeaturizingEstimator.Options { OutputColumnName = table.FeatureVector, LabelColumnName = label ?? table.TrainingLabel };
        foreach ((string name, TableColumnKind kind) in table.ColumnKinds)
        {
            options.ColumnKinds.Add(name, kind);
        }

        try
        {
            return ml.Transforms.FeaturizeTable(options).Fit(rows);
        }
        catch (InvalidOperationException exception)
        {
            throw new UserException($"{table.Name}: {exception.Message.ReplaceLineEndings(" ")} --numeric, --categorical or --text take in a column that was left out.", exception);
        }
    }

    /// <summary>The preparation of a table's features, fitted to all its rows as they were read.</summary>
    public static TableFeaturizingTransformer Fit(LabeledTable table) => Fit(new MLContext(seed: 1), table, table.Frame, table.Label);

    /// <summary>Rows of <see cref="LabeledTable.WithTextLabel"/> with the class as a key: its values are the table's classes in their order, whichever of them the rows have.</summary>
    public static IDataView WithKeyLabel(MLContext ml, LabeledTable table, DataFrame rows) => ml.Transforms.Conversion
        .MapValueToKey(table.TrainingLabel, keyData: new DataFrame(new StringDataFrameColumn(table.TrainingLabel, table.Classes))).Fit(rows).Transform(rows);
}
