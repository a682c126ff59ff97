using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Applies a model to data: adds its score columns.</summary>
public abstract class PredictionTransformerBase<TModel> : IPredictionTransformer<TModel>, IDisposable where TModel : class
{
    private protected PredictionTransformerBase(IHostEnvironment env, TModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Host = env.Register(GetType().Name);
        Model = model;
    }

    public TModel Model { get; }

    bool ITransformer.IsRowToRowMapper => true;

    private protected IHost Host { get; }

    public abstract DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedDataView(input, Map(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Map(inputSchema);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => Save(ctx);

    public void Dispose()
    {
        (Model as IDisposable)?.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected RowToRowMap Map(DataViewSchema inputSchema) => new(inputSchema, Bind(inputSchema));

    private protected abstract IRowMapper Bind(DataViewSchema inputSchema);

    private protected abstract void Save(ModelSaveContext ctx);
}
