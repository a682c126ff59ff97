using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Keeps or drops columns.</summary>
public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    internal ColumnSelectingEstimator(ColumnSelectingTransformer transformer) : base(transformer)
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (string name in Transformer.Names)
        {
            inputSchema.GetInputColumn(name);
        }

        return new(inputSchema.Where(column => Transformer.Names.Contains(column.Name) != Transformer.Drop));
    }
}

public sealed class ColumnSelectingTransformer : ITransformer
{
    private readonly bool _keepHidden;

    internal ColumnSelectingTransformer(string[] names, bool drop, bool keepHidden)
    {
        ArgumentNullException.ThrowIfNull(names);
        Names = names;
        Drop = drop;
        _keepHidden = keepHidden;
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal string[] Names { get; }

    internal bool Drop { get; }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Map(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedDataView(input, Map(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Map(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.SetSignature(this);
        ctx.Writer.Write(Drop);
        ctx.Writer.Write(_keepHidden);
        ctx.WriteStrings(Names);
    }

    internal static ColumnSelectingTransformer Load(ModelLoadContext ctx)
    {
        bool drop = ctx.Reader.ReadBoolean();
        bool keepHidden = ctx.Reader.ReadBoolean();
        return new(ctx.ReadStrings(), drop, keepHidden);
    }

    private ColumnSelection Map(DataViewSchema schema)
    {
        foreach (string name in Names)
        {
            schema.GetInputColumn(name);
        }

        return new(schema, [.. Drop
            ? schema.Where(column => !Names.Contains(column.Name) && (_keepHidden || !column.IsHidden))
            : Names.SelectMany(name => schema.Where(column => column.Name == name && (_keepHidden || !column.IsHidden)))]);
    }
}
