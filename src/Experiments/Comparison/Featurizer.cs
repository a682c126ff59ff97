using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace EE569.Experiments.Comparison;

/// <summary>The steps from a table's columns to what trainers read: a vector of features and a label.</summary>
internal static class Featurizer
{
    /// <summary>The preparation of a table's features in the vector <see cref="LabeledTable.FeatureVector"/>, fitted to some of its rows.</summary>
    /// <exception cref="UserException">No column has anything to learn from.</exception>
    public static TableFeaturizingTransformer Fit(MLContext ml, LabeledTable table, IDataView rows)
    {
        var options = new TableFeaturizingEstimator.Options { OutputColumnName = table.FeatureVector, LabelColumnName = table.TrainingLabel };
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

    /// <summary>Rows of <see cref="LabeledTable.WithTextLabel"/> with the class as a key: its values are the table's classes in their order, whichever of them the rows have.</summary>
    public static IDataView WithKeyLabel(MLContext ml, LabeledTable table, DataFrame rows) => ml.Transforms.Conversion
        .MapValueToKey(table.TrainingLabel, keyData: new DataFrame(new StringDataFrameColumn(table.TrainingLabel, table.Classes))).Fit(rows).Transform(rows);
}
