namespace EE569.Experiments.Charts;

/// <summary>A point with its interval for each of several competitors, in one panel for each group.</summary>
/// <param name="Table">One row for each competitor in each group.</param>
/// <param name="Group">The column that tells the panel.</param>
/// <param name="Competitor">The column that tells the competitor.</param>
/// <param name="Value">The column with the value.</param>
/// <param name="Low">The column with the interval's lower edge.</param>
/// <param name="High">The column with the interval's upper edge.</param>
internal sealed record IntervalChart(Table Table, string Group, string Competitor, string Value, string Low, string High)
{
    public string? Title { get; init; }

    public string Format { get; init; } = ".1%";

    public bool Log { get; init; }

    public object Grid(int columns = 2, int width = 300, bool sharedScale = false)
    {
        string[] competitors = [.. Table.Values<string>(Competitor).Distinct()];
        object y = new { field = Competitor, type = "nominal", title = "", sort = competitors, axis = new { labelLimit = 260 } };
        return new
        {
            data = VegaLite.Data(Table),
            facet = new { field = Group, type = "nominal", title = "", sort = Table.Values<string>(Group).Distinct(), header = new { labelFontWeight = 600, labelFontSize = 12 } },
            columns,
            resolve = new { scale = new { x = sharedScale ? "shared" : "independent", y = "independent" } },
            spec = new
            {
                width,
                height = 22 * competitors.Length,
                layer = new object[]
                {
                    new { mark = new { type = "rule", strokeWidth = 2 }, encoding = new { y, x = VegaLite.Quantity(Low, Title ?? Value, Log, format: Format), x2 = new { field = High }, color = Color(competitors) } },
                    new { mark = new { type = "point", filled = true, size = 70 }, encoding = new { y, x = VegaLite.Quantity(Value, Title ?? Value, Log, format: Format), color = Color(competitors), tooltip = Table.Columns.Select(column => new { field = column.Name }) } },
                },
            },
        };
    }

    private object Color(string[] competitors) => new
    {
        field = Competitor,
        type = "nominal",
        scale = new { domain = competitors, range = VegaLite.ClassColors.Take(competitors.Length) },
        legend = false,
    };
}
