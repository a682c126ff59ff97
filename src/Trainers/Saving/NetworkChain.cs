namespace EE569.Trainers.Saving;

/// <summary>The chain of ML.NET's transformers of a network in memory: its schema is known at once, the chain, of hundreds of transformers for an ensemble, is made when it is saved.</summary>
/// <param name="schema">A chain with the same output columns.</param>
/// <param name="create">Makes the chain.</param>
internal sealed class NetworkChain(ITransformer schema, Func<ITransformer> create) : ITransformer
{
    private readonly Lazy<ITransformer> _whole = new(create);

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => schema.GetOutputSchema(inputSchema);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _whole.Value.GetRowToRowMapper(inputSchema);

    public IDataView Transform(IDataView input) => _whole.Value.Transform(input);

    public void Save(ModelSaveContext ctx) => _whole.Value.Save(ctx);
}
