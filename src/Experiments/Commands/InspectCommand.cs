using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 inspect</c>: what a saved model consists of.</summary>
internal static class InspectCommand
{
    public static Command Create(Screen screen)
    {
        Option<string> model = SharedOptions.Model();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("inspect", "Shows a saved model's columns, steps and layers, and the history beside it.") { model, json };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(model)!;
            var saved = new SavedModel(path);
            Table[] tables = [.. SavedModel.Guard($"The model in '{path}' cannot be described", () => Describe(saved)), .. History(path)];
            if (parsed.GetValue(json))
            {
                screen.Line(JsonText.Of(tables.ToDictionary(table => table.Name, table => table.ToJson())));
            }
            else
            {
                Array.ForEach(tables, screen.Table);
            }

            return CommandLine.Success;
        });
        return command;
    }

    /// <summary>The history that <c>train</c> wrote beside the model, where it is still there.</summary>
    private static IEnumerable<Table> History(string model)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(model))!, "history.csv");
        return File.Exists(path) ? [TableReader.Read(path, "history")] : [];
    }

    private static Table[] Describe(SavedModel model)
    {
        var columns = new Table("columns", "column", "type") { Title = "Columns it reads" };
        foreach (DataViewSchema.Column column in model.InputSchema)
        {
            columns.Add(column.Name, column.Type.ToString());
        }

        var steps = new Table("steps", "step", "transformer", "inputs", "outputs", "parameters") { Title = "Steps" };
        foreach (ITransformer step in Flatten(model.Pipeline))
        {
            (object? inputs, object? outputs, object? parameters) = SizeOf(step);
            steps.Add(steps.Rows.Count + 1, step.GetType().Name.Split('`')[0], inputs, outputs, parameters);
        }

        int total = steps.Rows.Sum(row => row[^1] as int? ?? 0);
        return [columns, steps.Add(null, "all", null, null, total)];
    }

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

    private static IEnumerable<ITransformer> Flatten(ITransformer model) =>
        model is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [model];
}
