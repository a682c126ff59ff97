using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Gives columns a second name.</summary>
public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;

    internal ColumnCopyingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns) : base(new(env, columns)) => _columns = columns;

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        inputSchema.With(_columns.Select(pair => inputSchema.GetInputColumn(pair.InputColumnName).Renamed(pair.OutputColumnName)));
}

public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal ColumnCopyingTransformer(IHostEnvironment env, InputOutputColumnPair[] columns) : base(env, columns)
    {
    }

    internal static ColumnCopyingTransformer Load(IHostEnvironment env, ModelLoadContext ctx) => new(env, InputOutputColumnPair.Load(ctx));

    private protected override (DataViewType Type, DataViewSchema.Annotations? Annotations, Func<DataViewRow, Delegate> CreateGetter) BindColumn(
        DataViewSchema.Column input, int index) => (input.Type, input.Annotations, row => row.GetGetter(input));
}
