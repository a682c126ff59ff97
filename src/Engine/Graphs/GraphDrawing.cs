using System.Text;

namespace EE569.Engine.Graphs;

/// <summary>Draws nodes given in topological order.</summary>
internal static class GraphDrawing
{
    public static string ToText<T>(IReadOnlyList<Node<T>> nodes) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Dictionary<Node<T>, int> numbers = Number(nodes);
        return Draw(nodes, "", "", node => $"{numbers[node],3}  {node.Description}{Sources(node, numbers)}");
    }

    public static string ToDot<T>(IReadOnlyList<Node<T>> nodes) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Dictionary<Node<T>, int> numbers = Number(nodes);
        return Draw(nodes, "digraph {\n  rankdir = LR;\n", "}\n", node =>
            $"  n{numbers[node]} [label=\"{node.Description.Replace("\"", "\\\"")}\", shape={(node is Parameter<T> ? "ellipse" : "box")}];"
            + Edges(node, numbers, (from, to) => $"\n  n{from} -> n{to};"));
    }

    public static string ToMermaid<T>(IReadOnlyList<Node<T>> nodes) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Dictionary<Node<T>, int> numbers = Number(nodes);
        return Draw(nodes, "flowchart LR\n", "", node =>
        {
            (string open, string close) = node is Parameter<T> ? ("([", "])") : ("[", "]");
            return $"  n{numbers[node]}{open}\"{node.Description.Replace("\"", "#quot;")}\"{close}" + Edges(node, numbers, (from, to) => $"\n  n{from} --> n{to}");
        });
    }

    private static string Draw<T>(IEnumerable<Node<T>> nodes, string head, string tail, Func<Node<T>, string> line)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var text = new StringBuilder(head);
        foreach (Node<T> node in nodes)
        {
            text.Append(line(node)).Append('\n');
        }

        return text.Append(tail).ToString();
    }

    private static Dictionary<Node<T>, int> Number<T>(IEnumerable<Node<T>> nodes) where T : unmanaged, IFloatingPointIeee754<T> =>
        nodes.Select((node, index) => (node, index)).ToDictionary(pair => pair.node, pair => pair.index);

    private static string Sources<T>(Node<T> node, Dictionary<Node<T>, int> numbers) where T : unmanaged, IFloatingPointIeee754<T> =>
        node.Inputs.IsEmpty ? "" : " <- " + string.Join(", ", node.Inputs.ToArray().Select(input => numbers[input]));

    private static string Edges<T>(Node<T> node, Dictionary<Node<T>, int> numbers, Func<int, int, string> edge)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        string.Concat(node.Inputs.ToArray().Select(input => edge(numbers[input], numbers[node])));
}
