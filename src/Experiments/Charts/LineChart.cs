namespace EE569.Experiments.Charts;

/// <summary>Lines over a measured axis, one for each series, with a band where the table gives its edges.</summary>
internal sealed record LineChart(Table Table, string X, string Y)
{
    /// <summary>The colour encoding made by <see cref="VegaLite.Series"/> or <see cref="VegaLite.Steps"/>; null for a single line.</summary>
    public object? Color { get; init; }

    /// <summary>The column that tells lines of one colour apart.</summary>
    public string? Detail { get; init; }

    public string? XTitle { get; init; }

    public string? YTitle { get; init; }

    public bool LogX { get; init; }

    public bool LogY { get; init; }

    /// <summary>Marks each measured point, for few points.</summary>
    public bool Points { get; init; }

    /// <summary>Number format of the vertical axis, such as ".0%".</summary>
    public string? YFormat { get; init; }

    /// <summary>Columns with the lower and upper edge of a band.</summary>
    public (string Low, string High)? Band { get; init; }

    public double[]? YDomain { get; init; }

    /// <summary>The encoding that tells the order in which points are joined; null for that of the horizontal axis.</summary>
    public object? Order { get; init; }

    /// <summary>The chart in the width of the page.</summary>
    public object Full(int height = 300) => new
    {
        width = "container",
        height,
        autosize = new { type = "fit-x", contains = "padding" },
        data = VegaLite.Data(Table),
        layer = Layers(),
    };

    /// <summary>The chart at a fixed size, for use beside others.</summary>
    public object Panel(int width, int height, string? title = null) => new { title, width, height, data = VegaLite.Data(Table), layer = Layers() };

    /// <summary>The chart as one panel of a facet, which brings the data.</summary>
    public object Spec(int width, int height) => new { width, height, layer = Layers() };

    private object[] Layers()
    {
        object x = VegaLite.Quantity(X, XTitle, LogX);
        var line = new
        {
            mark = new { type = "line", clip = true, strokeWidth = 2, point = Points ? new { size = 45, filled = true } : null },
            encoding = new
            {
                x,
                y = VegaLite.Quantity(Y, YTitle, LogY, format: YFormat, domain: YDomain),
                color = Color,
                detail = Detail is null ? null : new { field = Detail },
                order = Order,
                tooltip = Table.Columns.Select(column => new { field = column.Name }),
            },
        };
        return Band is { } band
            ? [new { mark = new { type = "area", opacity = 0.18, clip = true }, encoding = new { x, y = VegaLite.Quantity(band.Low, YTitle ?? Y, LogY, format: YFormat, domain: YDomain), y2 = new { field = band.High }, color = Color } }, line]
            : [line];
    }
}
