using System.Text.Json;

namespace EE569.Trainers.Preparation;

/// <summary>What was decided about a table.</summary>
internal sealed record TablePlan(string Output, ColumnPlan[] Columns)
{
    private static readonly JsonSerializerOptions Json = new() { IgnoreReadOnlyProperties = true };

    public IEnumerable<ColumnPlan> Used => Columns.Where(column => column.IsUsed);

    public IEnumerable<ColumnPlan> Of(TableColumnKind kind) => Columns.Where(column => column.Kind == kind);

    public ColumnPlan[] Numbers => [.. Columns.Where(column => column.IsNumeric)];

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static TablePlan FromJson(string json) => JsonSerializer.Deserialize<TablePlan>(json, Json)!;
}
