using Microsoft.Data.Analysis;

namespace EE569.Experiments.Card;

/// <summary>The mean prediction when every row has the same value in a column, over the values of the column: the shape of what the model made of it.</summary>
/// <remarks>J. H. Friedman, Greedy Function Approximation, Annals of Statistics 29 (2001). Columns that go together are taken apart, and rows that cannot be may count.</remarks>
internal sealed class PartialDependence
{
    private const int MostRows = 200, MostPoints = 20, MostLevels = 12;

    private readonly SavedModel _model;
    private readonly LabeledTable _table;
    private readonly DataFrame _rows;
    private readonly int[] _classes;

    /// <param name="model">The model.</param>
    /// <param name="table">Where the rows come from.</param>
    /// <param name="rows">The rows, of which some are taken.</param>
    public PartialDependence(SavedModel model, LabeledTable table, DataFrame rows)
    {
        int every = 1 + ((int)(rows.Rows.Count - 1) / MostRows);
        (_model, _table, _rows) = (model, table, rows[Enumerable.Range(0, (int)rows.Rows.Count).Where(row => row % every == 0)]);
        _classes = [.. table.IsBinary ? [1] : Enumerable.Range(0, Math.Min(table.Classes.Count, VegaLite.ClassColors.Count))];
    }

    /// <summary>The figure of a column; null where it has one value only.</summary>
    /// <param name="id">The figure's name.</param>
    /// <param name="column">The column's name.</param>
    public Figure? Of(string id, string column)
    {
        (DataFrameColumn grid, object[] values, string type) = Grid(_rows.Columns[column]);
        if (values.Length < 2)
        {
            return null;
        }

        Table means = Means(id, column, grid, values);
        string what = _table.IsRegression ? $"mean prediction of {_table.Label}" : _table.IsBinary ? $"mean probability of {_table.Classes[1]}" : "mean probability";
        double Mean(object?[] row) => (double)row[2]!;
        (object?[] least, object?[] most) = (means.Rows.MinBy(Mean)!, means.Rows.MaxBy(Mean)!);
        var x = new { field = "value", type, title = column, scale = type == "quantitative" ? new { zero = false } : null, axis = new { labelLimit = 160 } };
        return VegaLite.Figure(
            id,
            $"Partial dependence on {column}",
            $"The {what} over the values of {column}{(_classes.Length > 1 ? ", a line for each class" : "")}.",
            FormattableString.Invariant($"The {what}{Of(least)} is lowest, {Mean(least):G3}, at {Text(least[0])}, and{Of(most)} highest, {Mean(most):G3}, at {Text(most[0])}."),
            new
            {
                width = "container",
                height = 240,
                autosize = new { type = "fit-x", contains = "padding" },
                data = VegaLite.Data(means),
                mark = type == "nominal" ? (object)new { type = "point", filled = true, size = 70 } : new { type = "line", strokeWidth = 2, point = new { size = 25, filled = true } },
                encoding = new
                {
                    x,
                    y = VegaLite.Quantity("mean", what),
                    color = _classes.Length > 1 ? VegaLite.Series("class", [.. _classes.Select(index => _table.Classes[index])], "") : new { value = VegaLite.ClassColors[0] },
                    tooltip = means.Columns.Select(one => new { field = one.Name }),
                },
            },
            means);

        string Of(object?[] row) => _classes.Length > 1 ? $" of {row[1]}" : "";
    }

    /// <summary>The values to try: quantiles of numbers and dates, the most frequent texts.</summary>
    private static (DataFrameColumn Column, object[] Values, string Type) Grid(DataFrameColumn column)
    {
        object[] known = [.. Enumerable.Range(0, (int)column.Length).Select(row => column[row]).Where(value => value is not (null or float.NaN))];
        if (column is StringDataFrameColumn)
        {
            string[] levels = [.. known.Cast<string>().CountBy(value => value).OrderByDescending(level => level.Value).Take(MostLevels).Select(level => level.Key).Order(StringComparer.Ordinal)];
            return (new StringDataFrameColumn(column.Name, levels), levels, "nominal");
        }

        Array.Sort(known);
        object[] points = known.Length == 0 ? [] : [.. Enumerable.Range(0, MostPoints).Select(i => known[(int)((i + 0.5) / MostPoints * known.Length)]).Distinct()];
        return column is DateTimeDataFrameColumn
            ? (new DateTimeDataFrameColumn(column.Name, points.Cast<DateTime>()), points, "temporal")
            : (new SingleDataFrameColumn(column.Name, points.Cast<float>()), points, "quantitative");
    }

    /// <summary>Every row with every value, in one pass of the model.</summary>
    private Table Means(string id, string column, DataFrameColumn grid, object[] values)
    {
        int rows = (int)_rows.Rows.Count;
        Int32DataFrameColumn Order(Func<int, int> index) => new("order", Enumerable.Range(0, rows * values.Length).Select(index));
        (Int32DataFrameColumn row, Int32DataFrameColumn value) = (Order(i => i % rows), Order(i => i / rows));
        var frame = new DataFrame(_rows.Columns.Select(one => one.Name == column ? grid.Clone(value) : one.Clone(row)));
        Predictions predictions = _model.Predict(_table.Name, frame, new SilentProgress());
        var means = new Table(id, "value", "class", "mean");
        for (int i = 0; i < values.Length; i++)
        {
            double Mean(Func<int, float> answer) => Enumerable.Range(i * rows, rows).Select(answer).Where(float.IsFinite).DefaultIfEmpty(float.NaN).Average();
            switch (predictions)
            {
                case ClassPredictions classes:
                    foreach (int index in _classes)
                    {
                        means.Add(Cell(values[i]), classes.Classes[index], Mean(one => classes.Probabilities[one][index]));
                    }

                    break;
                case NumberPredictions numbers:
                    means.Add(Cell(values[i]), null, Mean(one => numbers.Scores[one]));
                    break;
            }
        }

        return means;
    }

    private static object Cell(object value) => value is DateTime date ? date.ToString("s", CultureInfo.InvariantCulture) : value;

    private static string Text(object? cell) => cell is float number ? number.ToString("G4", CultureInfo.InvariantCulture) : cell!.ToString()!;
}
