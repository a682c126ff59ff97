using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class NormalizingTransformer : OneToOneTransformerBase
{
    private readonly NormalizerFunction[] _functions;

    internal NormalizingTransformer(IHostEnvironment env, InputOutputColumnPair[] columns, NormalizerFunction[] functions) : base(env, columns) =>
        _functions = functions;

    /// <summary>The learned parameters of the column pair <paramref name="index"/>.</summary>
    public NormalizerModelParametersBase GetNormalizerModelParameters(int index) => _functions[index].ToModelParameters();

    internal static NormalizingTransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        InputOutputColumnPair[] columns = InputOutputColumnPair.Load(ctx);
        return new(env, columns, [.. columns.Select(_ => NormalizerFunction.Load(ctx))]);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        base.SaveModel(ctx);
        foreach (NormalizerFunction function in _functions)
        {
            function.Save(ctx.Writer);
        }
    }

    private protected override (DataViewType Type, DataViewSchema.Annotations? Annotations, Func<DataViewRow, Delegate> CreateGetter) BindColumn(
        DataViewSchema.Column input, int index)
    {
        DataViewSchema.Annotations.Builder builder = new();
        builder.AddIsNormalized();
        builder.Add(input.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
        return (input.Type, builder.ToAnnotations(), row => _functions[index].CreateGetter(row, input));
    }

    public abstract class NormalizerModelParametersBase
    {
        private protected NormalizerModelParametersBase()
        {
        }
    }

    /// <summary>x becomes (x - Offset) * Scale; for vectors an empty Offset means none.</summary>
    public sealed class AffineNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal AffineNormalizerModelParameters(TData scale, TData offset)
        {
            Scale = scale;
            Offset = offset;
        }

        public TData Scale { get; }

        public TData Offset { get; }
    }

    /// <summary>x becomes the number of its bin / Density - Offset; for vectors an empty Offset means none.</summary>
    public sealed class BinNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal BinNormalizerModelParameters(ImmutableArray<TData> upperBounds, TData density, TData offset) =>
            (UpperBounds, Density, Offset) = (upperBounds, density, offset);

        public ImmutableArray<TData> UpperBounds { get; }

        public TData Density { get; }

        public TData Offset { get; }
    }

    /// <summary>x, or its logarithm, becomes its quantile in a normal distribution.</summary>
    public sealed class CdfNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal CdfNormalizerModelParameters(TData mean, TData standardDeviation, bool useLog)
        {
            Mean = mean;
            StandardDeviation = standardDeviation;
            UseLog = useLog;
        }

        public TData Mean { get; }

        public TData StandardDeviation { get; }

        public bool UseLog { get; }
    }
}
