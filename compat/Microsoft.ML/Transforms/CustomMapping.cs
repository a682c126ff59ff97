using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Computes columns by a function from one object to another.</summary>
public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new()
    where TDst : class, new()
{
    internal CustomMappingEstimator(CustomMappingTransformer<TSrc, TDst> transformer) : base(transformer)
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (SchemaDefinition.Column column in Transformer.Input)
        {
            inputSchema.GetInputColumn(column.ColumnName);
        }

        return inputSchema.With(SchemaShape.Create(ObjectRow<TDst>.SchemaOf(Transformer.Output)));
    }
}

public sealed class CustomMappingTransformer<TSrc, TDst> : RowToRowTransformerBase
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _map;
    private readonly string? _contractName;

    internal CustomMappingTransformer(
        IHostEnvironment env, Action<TSrc, TDst> map, string? contractName, SchemaDefinition? input = null, SchemaDefinition? output = null) : base(env)
    {
        ArgumentNullException.ThrowIfNull(map);
        _map = map;
        _contractName = contractName;
        Input = input ?? SchemaDefinition.Create(typeof(TSrc), SchemaDefinition.Direction.Write);
        Output = output ?? SchemaDefinition.Create(typeof(TDst), SchemaDefinition.Direction.Read);
    }

    internal SchemaDefinition Input { get; }

    internal SchemaDefinition Output { get; }

    private protected override IRowMapper Bind(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        if (string.IsNullOrEmpty(_contractName))
        {
            throw new InvalidOperationException("Empty contract name for a transform: the transform cannot be saved");
        }

        ctx.SetSignature(this);
        ctx.Writer.Write(_contractName);
    }

    private sealed class Mapper : IRowMapper
    {
        private readonly CustomMappingTransformer<TSrc, TDst> _parent;
        private readonly RowReader<TSrc> _reader;
        private readonly DataViewSchema _outputSchema;

        public Mapper(CustomMappingTransformer<TSrc, TDst> parent, DataViewSchema inputSchema)
        {
            _parent = parent;
            _reader = new(inputSchema, parent.Input, ignoreMissingColumns: false);
            _outputSchema = ObjectRow<TDst>.SchemaOf(parent.Output);
            OutputColumns = [.. _outputSchema.Select(column => new DataViewSchema.DetachedColumn(column))];
        }

        public DataViewSchema.DetachedColumn[] OutputColumns { get; }

        public IEnumerable<int> GetDependencies(int output) => _reader.Columns.Select(column => column.Index);

        public Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive)
        {
            if (!OutputColumns.Where((_, i) => isActive(i)).Any())
            {
                return new Delegate?[OutputColumns.Length];
            }

            ObjectRow<TDst> output = new(_parent.Output, _outputSchema, isActive);
            Action update = Updater(input, output);
            return [.. _outputSchema.Select((column, i) => isActive(i)
                ? Getters.Call<Delegate>(typeof(Mapper), nameof(UpdatingGetter), [column.Type.RawType], output, column, update)
                : null)];
        }

        // The function runs once per row, however many of its columns are read.
        private Action Updater(DataViewRow input, ObjectRow<TDst> output)
        {
            Action<TSrc>[] setters = _reader.Bind(input);
            TSrc source = new();
            TDst target = new();
            long position = -1;
            return () =>
            {
                if (position == input.Position)
                {
                    return;
                }

                foreach (Action<TSrc> set in setters)
                {
                    set(source);
                }

                _parent._map(source, target);
                output.Show(target);
                position = input.Position;
            };
        }

        private static Delegate UpdatingGetter<T>(ObjectRow<TDst> output, DataViewSchema.Column column, Action update)
        {
            ValueGetter<T> get = output.GetGetter<T>(column);
            return (ValueGetter<T>)((ref T value) =>
            {
                update();
                get(ref value);
            });
        }
    }
}
