using Microsoft.ML.Data;

namespace Microsoft.ML;

public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ITransformer _transformer;
    private readonly DataViewRow _outputRow;

    private protected PredictionEngineBase(ITransformer transformer, bool ignoreMissingColumns, SchemaDefinition? inputDefinition,
        SchemaDefinition? outputDefinition)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        if (!transformer.IsRowToRowMapper)
        {
            throw new ArgumentException("Must be a row to row mapper", nameof(transformer));
        }

        _transformer = transformer;
        inputDefinition ??= SchemaDefinition.Create(typeof(TSrc), SchemaDefinition.Direction.Read);
        DataViewSchema inputSchema = ObjectRow<TSrc>.SchemaOf(inputDefinition);
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(inputSchema);
        OutputSchema = mapper.OutputSchema;
        RowReader<TDst> reader = new(OutputSchema, outputDefinition ?? SchemaDefinition.Create(typeof(TDst), SchemaDefinition.Direction.Write), ignoreMissingColumns);
        InputRow = new(inputDefinition, inputSchema, _ => true);
        _outputRow = mapper.GetRow(InputRow, reader.Columns);
        Setters = reader.Bind(_outputRow);
    }

    public DataViewSchema OutputSchema { get; }

    private protected ObjectRow<TSrc> InputRow { get; }

    private protected Action<TDst>[] Setters { get; }

    public TDst Predict(TSrc example)
    {
        TDst prediction = new();
        Predict(example, ref prediction);
        return prediction;
    }

    public abstract void Predict(TSrc example, ref TDst prediction);

    public void Dispose()
    {
        _outputRow.Dispose();
        (_transformer as IDisposable)?.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Applies a model to single objects; not thread safe.</summary>
public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>
    where TSrc : class
    where TDst : class, new()
{
    internal PredictionEngine(ITransformer transformer, bool ignoreMissingColumns, SchemaDefinition? inputDefinition,
        SchemaDefinition? outputDefinition)
        : base(transformer, ignoreMissingColumns, inputDefinition, outputDefinition)
    {
    }

    public override void Predict(TSrc example, ref TDst prediction)
    {
        ArgumentNullException.ThrowIfNull(example);
        InputRow.Show(example);
        prediction ??= new();
        foreach (Action<TDst> set in Setters)
        {
            set(prediction);
        }
    }
}
