namespace EE569.Experiments.Charts;

/// <summary>A computational graph drawn from left to right: each node stands one column right of its last input.</summary>
internal sealed class GraphChart
{
    private readonly Table _nodes = new("graph-nodes", "graph", "node", "kind", "x", "y");
    private readonly Table _edges = new("graph-edges", "graph", "from", "to", "x", "y", "x2", "y2");

    /// <summary>The tables drawn.</summary>
    public IReadOnlyList<Table> Data => [_nodes, _edges];

    /// <summary>Adds a graph; returns its number of nodes.</summary>
    public int Add<T>(string name, Graph<T> graph)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        Dictionary<Node<T>, (int X, double Y)> places = Place(graph.Nodes);
        foreach ((Node<T> node, (int x, double y)) in places)
        {
            _nodes.Add(name, node.Name, node is Parameter<T> ? "parameter" : node is Input<T> ? "input" : "operation", x, y);
            foreach (Node<T> input in node.Inputs)
            {
                (int fromX, double fromY) = places[input];
                _edges.Add(name, input.Name, node.Name, fromX, fromY, x, y);
            }
        }

        return graph.Nodes.Count;
    }

    /// <summary>One drawing below the other.</summary>
    public object Drawing()
    {
        string[] graphs = [.. _nodes.Values<string>("graph").Distinct()];
        return new { vconcat = graphs.Select(Panel) };
    }

    private static Dictionary<Node<T>, (int X, double Y)> Place<T>(IReadOnlyList<Node<T>> nodes)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var column = new Dictionary<Node<T>, int>();
        foreach (Node<T> node in nodes)
        {
            column[node] = 0;
            foreach (Node<T> input in node.Inputs)
            {
                column[node] = Math.Max(column[node], column[input] + 1);
            }
        }

        // A parameter stands just left of the operation that uses it.
        foreach (Node<T> node in nodes)
        {
            foreach (Node<T> input in node.Inputs)
            {
                column[input] = input is Parameter<T> ? column[node] - 1 : column[input];
            }
        }

        return column.GroupBy(item => item.Value).SelectMany(group => group
            .OrderBy(item => item.Key is Parameter<T>)
            .Select((item, i) => (item.Key, Place: (group.Key, (double)-i))))
            .ToDictionary(item => item.Key, item => item.Place);
    }

    private object Panel(string graph)
    {
        const int RowHeight = 64;
        double lowest = _nodes.Rows.Where(row => Equals(row[0], graph)).Min(row => (double)row[4]!);
        var x = new { field = "x", type = "quantitative", axis = false, scale = new { zero = false, padding = 55, nice = false } };
        var y = new { field = "y", type = "quantitative", axis = false, scale = new { domain = new[] { lowest - 0.5, 0.5 }, nice = false } };
        object Filter() => new { filter = new { field = "graph", equal = graph } };
        return new
        {
            title = graph,
            width = 640,
            height = RowHeight * (1 - lowest),
            view = new { stroke = "transparent" },
            layer = new object[]
            {
                new
                {
                    data = VegaLite.Data(_edges),
                    transform = new[] { Filter() },
                    mark = new { type = "rule", strokeWidth = 1.5, opacity = 0.7 },
                    encoding = new { x, y, x2 = new { field = "x2" }, y2 = new { field = "y2" } },
                },
                new
                {
                    data = VegaLite.Data(_nodes),
                    transform = new[] { Filter() },
                    mark = new { type = "circle", size = 420, opacity = 1 },
                    encoding = new { x, y, color = VegaLite.Series("kind", ["input", "parameter", "operation"]) },
                },
                new
                {
                    data = VegaLite.Data(_nodes),
                    transform = new[] { Filter() },
                    mark = new { type = "text", fontSize = 12, dy = 20 },
                    encoding = new { x, y, text = new { field = "node" } },
                },
            },
        };
    }
}
