using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A transformer that adds columns, each row computed from itself.</summary>
public abstract class RowToRowTransformerBase : ITransformer
{
    private protected RowToRowTransformerBase(IHostEnvironment env) => Host = env.Register(GetType().Name);

    private protected IHost Host { get; }

    bool ITransformer.IsRowToRowMapper => true;

    public virtual DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Map(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedDataView(input, Map(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Map(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(ctx);

    private protected abstract IRowMapper Bind(DataViewSchema inputSchema);

    private protected abstract void SaveModel(ModelSaveContext ctx);

    private RowToRowMap Map(DataViewSchema inputSchema) => new(inputSchema, Bind(inputSchema));
}

/// <summary>A transformer that computes each output column from one input column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase(IHostEnvironment env, InputOutputColumnPair[] columns) : base(env) => Columns = columns;

    private protected InputOutputColumnPair[] Columns { get; }

    private protected sealed override IRowMapper Bind(DataViewSchema inputSchema) => new ColumnMapper([.. Columns.Select((pair, i) =>
    {
        DataViewSchema.Column input = inputSchema.GetInputColumn(pair.InputColumnName);
        (DataViewType type, DataViewSchema.Annotations? annotations, Func<DataViewRow, Delegate> createGetter) = BindColumn(input, i);
        return new ColumnMap(new(pair.OutputColumnName, type, annotations), [input.Index], createGetter);
    })]);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(this);
        InputOutputColumnPair.Save(Columns, ctx);
    }

    /// <summary>The type, the annotations and the getter of the output of pair <paramref name="index"/>.</summary>
    private protected abstract (DataViewType Type, DataViewSchema.Annotations? Annotations, Func<DataViewRow, Delegate> CreateGetter) BindColumn(
        DataViewSchema.Column input, int index);
}
