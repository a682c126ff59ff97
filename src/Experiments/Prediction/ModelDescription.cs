using EE569.Trainers.Preparation;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace EE569.Experiments.Prediction;

/// <summary>What a saved model consists of, as far as its transformers and schemas tell.</summary>
internal static class ModelDescription
{
    private const int MostNamed = 8;

    /// <summary>What the names of columns begin with that a model makes for itself.</summary>
    private const string Inner = "EE569.";

    public static Table[] Of(SavedModel model)
    {
        var changes = new Dictionary<string, List<string>>();
        Table steps = Steps(model, changes);
        var columns = new Table("columns", "column", "type", "kind", "preparation") { Title = "Columns it reads" };
        var prepared = model.Preparation()?.Columns.ToDictionary(column => column.Name) ?? [];
        foreach (DataViewSchema.Column column in model.InputSchema)
        {
            FeaturizedColumn? table = prepared.GetValueOrDefault(column.Name);
            columns.Add(
                column.Name, column.Type.ToString(), table?.Kind.ToString().ToLowerInvariant() ?? KindOf(column.Type),
                table is null ? string.Join(", ", changes.GetValueOrDefault(column.Name) ?? []) : $"{table.Treatment} ({table.SlotCount} slots)");
        }

        IReadOnlyList<string> classes = model.Classes;
        if (classes.Count == 0)
        {
            return [columns, steps];
        }

        var names = new Table("classes", "class") { Title = $"Its {classes.Count} classes" };
        return [columns, classes.Aggregate(names, (table, name) => table.Add(name)), steps];
    }

    /// <summary>Each transformer with the columns that it makes or changes: what is new between the schema before and after it.</summary>
    private static Table Steps(SavedModel model, Dictionary<string, List<string>> changes)
    {
        var steps = new Table("steps", "step", "transformer", "makes", "inputs", "outputs", "parameters") { Title = "Steps: preparation first, the trained model in the end" };
        DataViewSchema schema = model.InputSchema;
        foreach (ITransformer step in Flatten(model.Pipeline))
        {
            string transformer = step is TableFeaturizingTransformer ? "FeaturizeTable" : step.GetType().Name.Split('`')[0];
            DataViewSchema after = step.GetOutputSchema(schema);
            DataViewSchema.Column[] made = [.. after.Where(column => !column.IsHidden && !column.Name.StartsWith(Inner, StringComparison.Ordinal) && IsNew(column, schema, after))];
            foreach (DataViewSchema.Column column in made)
            {
                string slots = column.Type is VectorDataViewType { Size: > 0 } vector ? $" ({vector.Size} slots)" : "";
                (changes.TryGetValue(column.Name, out List<string>? list) ? list : changes[column.Name] = []).Add($"{transformer}{slots}");
            }

            string more = made.Length > MostNamed ? $" and {made.Length - MostNamed} more" : "";
            (object? inputs, object? outputs, object? parameters) = SizeOf(step);
            steps.Add(steps.Rows.Count + 1, transformer, string.Join(", ", made.Take(MostNamed).Select(Described)) + more, inputs, outputs, parameters);
            schema = after;
        }

        int total = steps.Rows.Sum(row => row[^1] as int? ?? 0);
        return steps.Add(null, "all", null, null, null, total);
    }

    /// <summary>A column that is new has no namesake before; one that was changed hides its namesake.</summary>
    private static bool IsNew(DataViewSchema.Column column, DataViewSchema before, DataViewSchema after) =>
        before.GetColumnOrNull(column.Name) is null || after.Count(other => other.Name == column.Name) > before.Count(other => other.Name == column.Name);

    private static string Described(DataViewSchema.Column column) => column.Type is VectorDataViewType { Size: > 0 } vector ? $"{column.Name} ({vector.Size})" : column.Name;

    private static string KindOf(DataViewType type) => type switch
    {
        NumberDataViewType => "number",
        TextDataViewType => "text",
        BooleanDataViewType => "boolean",
        DateTimeDataViewType => "date",
        _ => "",
    };

    /// <summary>The affine layers of a saved network are ML.NET's linear models, one for each layer.</summary>
    private static (object? Inputs, object? Outputs, object? Parameters) SizeOf(ITransformer step)
    {
        switch ((step as IPredictionTransformer<object>)?.Model)
        {
            case LinearMulticlassModelParametersBase classes:
                VBuffer<float>[]? weights = null;
                classes.GetWeights(ref weights!, out int outputs);
                return (weights![0].Length, outputs, (weights[0].Length + 1) * outputs);
            case LinearModelParameters linear:
                return (linear.Weights.Count, 1, linear.Weights.Count + 1);
            case CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> { SubModel: var binary }:
                return (binary.Weights.Count, 1, binary.Weights.Count + 1);
            default:
                return default;
        }
    }

    /// <summary>The parts in order; the preparation of a table is one.</summary>
    private static IEnumerable<ITransformer> Flatten(ITransformer model) =>
        TableChain.ReadOwn(model) is { } table ? [table] : model is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [model];
}
