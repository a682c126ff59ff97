namespace EE569.Experiments.Charts;

/// <summary>A number for each pair of two settings, as colour and as text.</summary>
internal sealed record HeatMap(Table Table, string X, string Y, string Value)
{
    public string Format { get; init; } = ".3f";

    /// <summary>The Vega expression that tells the dark cells, whose text is white.</summary>
    public required string DarkWhen { get; init; }

    public double[]? Domain { get; init; }

    public object Panel(int width, int height, string? title = null) => new
    {
        title,
        width,
        height,
        data = VegaLite.Data(Table),
        encoding = new
        {
            x = new { field = X, type = "ordinal", axis = new { labelAngle = 0 } },
            y = new { field = Y, type = "ordinal" },
        },
        layer = new object[]
        {
            new
            {
                mark = "rect",
                encoding = new
                {
                    color = new { field = Value, type = "quantitative", scale = new { scheme = "blues", domain = Domain, clamp = true }, legend = new { format = Format } },
                    tooltip = Table.Columns.Select(column => new { field = column.Name }),
                },
            },
            new
            {
                mark = new { type = "text", fontSize = 11 },
                encoding = new
                {
                    text = new { field = Value, type = "quantitative", format = Format },
                    color = new { condition = new { test = DarkWhen, value = "white" }, value = "#1a1d21" },
                },
            },
        },
    };
}
