namespace EE569.Experiments.Charts;

/// <summary>Points in the plane over the probability field of a classifier: one panel, or one for each setting.</summary>
/// <param name="Points">A table with the columns x1, x2 and class.</param>
/// <param name="Classes">The class names, class 0 first.</param>
/// <param name="Panels">The panels, in order.</param>
/// <param name="Name">A short name fit for a file.</param>
internal sealed record FieldChart(Table Points, IReadOnlyList<string> Classes, IReadOnlyList<FieldPanel> Panels, string Name = "field")
{
    public string RowTitle { get; init; } = "";

    public string ColumnTitle { get; init; } = "";

    public int PanelSize { get; init; } = 260;

    /// <summary>Panels in a row; needed when the panels differ only in their column setting and should wrap.</summary>
    public int? WrapAfter { get; init; }

    /// <summary>The field's numbers, for the CSV file.</summary>
    public Table Values()
    {
        var table = new Table(Name, RowTitle.Length > 0 ? RowTitle : "row", ColumnTitle.Length > 0 ? ColumnTitle : "column", "x1", "x2", "probability of class 1");
        foreach (FieldPanel panel in Panels)
        {
            ProbabilityField field = panel.Field;
            for (int i = 0; i < field.Values.Length; i++)
            {
                table.Add(panel.Row, panel.Column, field.Bounds.At(i % field.Side, field.Side), field.Bounds.At(i / field.Side, field.Side), field.Values[i]);
            }
        }

        return table;
    }

    /// <summary>The fields as pictures, one row for each panel: what is drawn.</summary>
    public Table Pictures()
    {
        var table = new Table($"{Name}-pictures", "row", "column", "picture");
        foreach (FieldPanel panel in Panels)
        {
            table.Add(panel.Row, panel.Column, panel.Field.ToDataUri());
        }

        return table;
    }

    /// <summary>A single panel.</summary>
    public object Single(string? title = null) => new { title, width = PanelSize, height = PanelSize, data = new { name = $"{Name}-pictures" }, layer = Layers(axes: true) };

    /// <summary>A grid of panels.</summary>
    public object Grid() => new
    {
        data = new { name = $"{Name}-pictures" },
        facet = WrapAfter is null
            ? (object)new { row = Facet("row", RowTitle), column = Facet("column", ColumnTitle) }
            : Facet("column", ColumnTitle),
        columns = WrapAfter,
        spacing = 8,
        spec = new { width = PanelSize, height = PanelSize, layer = Layers(axes: false) },
    };

    private static object Facet(string field, string title) => new { field, type = "ordinal", title, header = new { labelFontSize = 11, labelPadding = 3 } };

    private object[] Layers(bool axes)
    {
        FieldBounds bounds = Panels[0].Field.Bounds;
        object Axis(string field) => new
        {
            field,
            type = "quantitative",
            scale = new { domain = new[] { bounds.Low, bounds.High }, nice = false, zero = false },
            axis = axes ? new { grid = false, labels = true, ticks = true, title = (string?)field } : new { grid = false, labels = false, ticks = false, title = (string?)"" },
        };

        return
        [
            new
            {
                mark = new { type = "image", width = PanelSize, height = PanelSize, aspect = false },
                encoding = new { x = new { value = PanelSize / 2 }, y = new { value = PanelSize / 2 }, url = new { field = "picture", type = "nominal" } },
            },
            new
            {
                data = VegaLite.Data(Points),
                mark = new { type = "circle", size = axes ? 22 : 5, opacity = 0.85, stroke = "white", strokeWidth = axes ? 0.5 : 0.15, clip = true },
                encoding = new { x = Axis("x1"), y = Axis("x2"), color = VegaLite.Series("class", Classes) },
            },
        ];
    }
}
