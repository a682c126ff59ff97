using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Applies a model to single objects; not thread safe.</summary>
public sealed class PredictionEngine<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ITransformer _transformer;
    private readonly ObjectRow<TSrc> _inputRow;
    private readonly DataViewRow _outputRow;
    private readonly Action<TDst>[] _setters;

    internal PredictionEngine(ITransformer transformer, bool ignoreMissingColumns, SchemaDefinition? inputDefinition, SchemaDefinition? outputDefinition)
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
        _inputRow = new(inputDefinition, inputSchema, _ => true);
        _outputRow = mapper.GetRow(_inputRow, reader.Columns);
        _setters = reader.Bind(_outputRow);
    }

    public DataViewSchema OutputSchema { get; }

    public TDst Predict(TSrc example)
    {
        TDst prediction = new();
        Predict(example, ref prediction);
        return prediction;
    }

    public void Predict(TSrc example, ref TDst prediction)
    {
        ArgumentNullException.ThrowIfNull(example);
        _inputRow.Show(example);
        prediction ??= new();
        foreach (Action<TDst> set in _setters)
        {
            set(prediction);
        }
    }

    public void Dispose()
    {
        _outputRow.Dispose();
        (_transformer as IDisposable)?.Dispose();
    }
}
