using System.Linq.Expressions;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Computes a column from others by a formula, vectors slot by slot.</summary>
public sealed class ExpressionEstimator : IEstimator<ExpressionTransformer>
{
    private readonly IHostEnvironment _env;
    private readonly string _output;
    private readonly string _expression;
    private readonly string[] _inputs;

    internal ExpressionEstimator(IHostEnvironment env, string outputColumnName, string expression, string[] inputColumnNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(expression);
        ArgumentNullException.ThrowIfNull(inputColumnNames);
        _env = env;
        _output = outputColumnName;
        _expression = expression;
        _inputs = inputColumnNames;
    }

    public ExpressionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ExpressionTransformer transformer = new(_env, _output, _expression, _inputs);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column[] inputs = [.. _inputs.Select(name => inputSchema.GetInputColumn(name))];
        Type result = ExpressionParser.Parse(_expression, [.. inputs.Select(input =>
            ExpressionTransformer.CheckType(input.Name, input.ItemType, input.TypeString))]).Type;
        SchemaShape.Column.VectorKind kind = inputs.Length == 0 ? SchemaShape.Column.VectorKind.Scalar : inputs.Max(input => input.Kind);
        SchemaShape.Column? vector = inputs.Where(input => input.Kind != SchemaShape.Column.VectorKind.Scalar).Select(input => (SchemaShape.Column?)input).FirstOrDefault();
        return inputSchema.With(new SchemaShape.Column(_output, kind, DataViewTypes.PrimitiveFromClr(result)!, isKey: false,
            vector is { } named ? new(SchemaAnnotations.Kept(named, AnnotationUtils.Kinds.SlotNames)) : null));
    }
}

public sealed class ExpressionTransformer : RowToRowTransformerBase
{
    private readonly string _output;
    private readonly string _expression;
    private readonly string[] _inputs;

    internal ExpressionTransformer(IHostEnvironment env, string output, string expression, string[] inputs) : base(env)
    {
        _output = output;
        _expression = expression;
        _inputs = inputs;
    }

    internal static ExpressionTransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        string output = ctx.Reader.ReadString();
        string expression = ctx.Reader.ReadString();
        return new(env, output, expression, ctx.ReadStrings());
    }

    internal static DefaultExpression CheckType(string column, DataViewType itemType, string shown) =>
        itemType is not KeyDataViewType && ExpressionTypes.IsSupported(itemType.RawType)
            ? Expression.Default(itemType.RawType)
            : throw Contracts.SchemaMismatch("inputSchema", "input", column, "Boolean, Int32, Int64, Single or Double", shown);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(this);
        ctx.Writer.Write(_output);
        ctx.Writer.Write(_expression);
        ctx.WriteStrings(_inputs);
    }

    private protected override IRowMapper Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column[] inputs = [.. _inputs.Select(name => inputSchema.GetInputColumn(name))];
        Type result = ExpressionParser.Parse(_expression, [.. inputs.Select(input => CheckType(input.Name, input.Type.ItemType(), $"{input.Type}"))]).Type;
        PrimitiveDataViewType itemType = DataViewTypes.PrimitiveFromClr(result)!;
        VectorDataViewType[] vectors = [.. inputs.Select(input => input.Type).OfType<VectorDataViewType>()];
        DataViewSchema.Column? other = inputs.Where(input => input.Type is VectorDataViewType vector && vector.Size != vectors[0].Size)
            .Select(input => (DataViewSchema.Column?)input).FirstOrDefault();
        if (other is { } mismatch)
        {
            throw Contracts.SchemaMismatch("inputSchema", "input", mismatch.Name, $"{vectors[0]}", $"{mismatch.Type}");
        }

        DataViewType type = vectors.Length > 0 ? new VectorDataViewType(itemType, vectors[0].Dimensions) : itemType;
        DataViewSchema.Annotations.Builder annotations = new();
        annotations.Add(inputs.FirstOrDefault(input => input.Type is VectorDataViewType).Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
        return new ColumnMapper([new(new(_output, type, annotations.ToAnnotations()), [.. inputs.Select(input => input.Index)],
            row => Getters.Call<Delegate>(typeof(ExpressionTransformer), vectors.Length > 0 ? nameof(VectorGetter) : nameof(ScalarGetter), [result], _expression, row, inputs))]);
    }

    private static ValueGetter<T> ScalarGetter<T>(string expression, DataViewRow row, DataViewSchema.Column[] inputs)
    {
        (ExpressionArgument[] arguments, Func<T> compute) = Compile<T>(expression, row, inputs);
        return (ref T value) =>
        {
            foreach (ExpressionArgument argument in arguments)
            {
                argument.ReadRow();
            }

            value = compute();
        };
    }

    private static ValueGetter<VBuffer<T>> VectorGetter<T>(string expression, DataViewRow row, DataViewSchema.Column[] inputs)
    {
        (ExpressionArgument[] arguments, Func<T> compute) = Compile<T>(expression, row, inputs);
        return (ref VBuffer<T> destination) =>
        {
            int length = -1;
            foreach (ExpressionArgument argument in arguments)
            {
                argument.ReadRow();
                length = length < 0 || argument.Length < 0 || argument.Length == length
                    ? Math.Max(length, argument.Length)
                    : throw new InvalidOperationException($"The vectors of an expression have lengths {length} and {argument.Length}.");
            }

            VBufferEditor<T> editor = VBufferEditor.Create(ref destination, length);
            for (int slot = 0; slot < length; slot++)
            {
                foreach (ExpressionArgument argument in arguments)
                {
                    argument.MoveTo(slot);
                }

                editor.Values[slot] = compute();
            }

            destination = editor.Commit();
        };
    }

    private static (ExpressionArgument[] Arguments, Func<T> Compute) Compile<T>(string expression, DataViewRow row, DataViewSchema.Column[] inputs)
    {
        ExpressionArgument[] arguments = [.. inputs.Select(input => ExpressionArgument.Create(row, input))];
        Expression body = ExpressionParser.Parse(expression, [.. arguments.Select(argument =>
            Expression.Field(Expression.Constant(argument), nameof(ExpressionArgument<T>.Value)))]);
        return (arguments, Expression.Lambda<Func<T>>(body).Compile());
    }
}
