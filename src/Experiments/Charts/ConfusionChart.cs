namespace EE569.Experiments.Charts;

/// <summary>Confusion matrices as heat maps: the colour is the share of the actual class, the text the count and, where there is room, the share.</summary>
/// <param name="Table">The columns model, actual, predicted, count, share: see <see cref="CreateTable"/>.</param>
internal sealed record ConfusionChart(Table Table)
{
    public int CellSize { get; init; } = 52;

    public int Columns { get; init; } = 3;

    /// <summary>The table to fill with <see cref="AddMatrix"/>.</summary>
    public static Table CreateTable(string name) => new(name, "model", "actual", "predicted", "count", new("share", "P1"));

    /// <summary>Adds a model's matrix; rows are actual classes.</summary>
    public static void AddMatrix(Table table, string model, IReadOnlyList<string> classes, int[][] counts)
    {
        for (int actual = 0; actual < classes.Count; actual++)
        {
            int total = Math.Max(1, counts[actual].Sum());
            for (int predicted = 0; predicted < classes.Count; predicted++)
            {
                int count = counts[actual][predicted];
                table.Add(model, classes[actual], classes[predicted], count, (double)count / total);
            }
        }
    }

    /// <summary>One panel.</summary>
    public object Single(int classes, string? title = null) => new
    {
        title,
        data = VegaLite.Data(Table),
        width = Size(classes),
        height = Size(classes),
        layer = Layers(classes),
    };

    /// <summary>A panel for each model.</summary>
    public object Grid(int classes) => new
    {
        data = VegaLite.Data(Table),
        facet = new { field = "model", type = "nominal", title = "", sort = Table.Values<string>("model").Distinct(), header = new { labelFontWeight = 600 } },
        columns = Columns,
        spec = new { width = Size(classes), height = Size(classes), layer = Layers(classes) },
    };

    private int Size(int classes) => classes * (HasRoom(classes) ? CellSize : CellSize / 2);

    /// <summary>Few classes have cells large enough for the share below the count.</summary>
    private static bool HasRoom(int classes) => classes <= 4;

    private static object[] Layers(int classes)
    {
        object Axis(string field, string title) => new { field, type = "nominal", title, axis = new { labelAngle = 0, labelLimit = 90 } };
        object Label(string field, string format, int dy) => new
        {
            mark = new { type = "text", fontSize = 11, dy },
            encoding = new
            {
                x = Axis("predicted", "predicted"),
                y = Axis("actual", "actual"),
                text = new { field, type = "quantitative", format },
                color = new { condition = new { test = "datum.share > 0.55", value = "white" }, value = "#1a1d21" },
            },
        };
        var x = Axis("predicted", "predicted");
        var y = Axis("actual", "actual");
        return
        [
            new
            {
                mark = "rect",
                encoding = new
                {
                    x,
                    y,
                    color = new { field = "share", type = "quantitative", title = "share of the actual class", scale = new { domain = new[] { 0, 1 }, scheme = "blues" }, legend = new { format = ".0%", orient = "bottom" } },
                    tooltip = new object[] { new { field = "actual" }, new { field = "predicted" }, new { field = "count" }, new { field = "share", format = ".1%" } },
                },
            },
            Label("count", "d", HasRoom(classes) ? -7 : 0),
            .. HasRoom(classes) ? new[] { Label("share", ".1%", 8) } : [],
        ];
    }
}
