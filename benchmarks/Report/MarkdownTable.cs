using System.Text;

namespace EE569.Benchmarks.Report;

/// <summary>A table, columns after the first aligned to the right.</summary>
internal sealed class MarkdownTable(params string[] header)
{
    private readonly StringBuilder _text = new StringBuilder()
        .Append("| ").AppendJoin(" | ", header).AppendLine(" |")
        .Append("|---|").AppendLine(string.Concat(Enumerable.Repeat("---:|", header.Length - 1)));

    public MarkdownTable Add(params string[] cells)
    {
        _text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
        return this;
    }

    public override string ToString() => _text.ToString();
}
