namespace Microsoft.ML.Runtime;

/// <summary>Checks and the wording of schema errors.</summary>
internal static class Contracts
{
    /// <exception cref="OperationCanceledException">The context's execution was cancelled.</exception>
    public static void CheckAlive(this IHostEnvironment env)
    {
        if (env is ICancelable { IsCanceled: true })
        {
            throw new OperationCanceledException("Operation was canceled.");
        }
    }

    public static ArgumentOutOfRangeException MissingColumn(string parameter, string role, string column) =>
        new(parameter, $"Could not find {role} column '{column}'");

    public static ArgumentOutOfRangeException SchemaMismatch(string parameter, string role, string column, string expected, string actual) =>
        new(parameter, $"Schema mismatch for {role} column '{column}': expected {expected}, got {actual}");

    public static DataViewSchema.Column GetInputColumn(this DataViewSchema schema, string name, string parameter = "inputSchema") =>
        schema.GetColumnOrNull(name) ?? throw MissingColumn(parameter, "input", name);

    public static SchemaShape.Column GetInputColumn(this SchemaShape schema, string name, string parameter = "inputSchema") =>
        schema.TryFindColumn(name, out SchemaShape.Column column) ? column : throw MissingColumn(parameter, "input", name);
}
