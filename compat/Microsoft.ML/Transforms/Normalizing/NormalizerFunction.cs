using System.Collections.Immutable;
using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>
/// The scaling of one column: (x - offset) * scale, or the normal distribution function of (x - mean) / deviation.
/// or the share of the bins below that of x. The arrays hold the <see cref="SlotResult"/> of each slot.
/// </summary>
internal sealed class NormalizerFunction(DataViewType type, NormalizerKind kind, double[] first, double[] second, double[][] bounds)
{
    // Without offsets zeros stay zeros, and a sparse vector stays sparse.
    private readonly bool _keepsZero = kind == NormalizerKind.Affine && Array.TrueForAll(second, offset => offset == 0);

    public static NormalizerFunction Load(ModelLoadContext ctx)
    {
        DataViewType type = SchemaFormat.ReadType(ctx.Reader);
        NormalizerKind kind = (NormalizerKind)ctx.Reader.ReadByte();
        double[] first = ValueFormat.ReadArray<double>(ctx.Reader);
        double[] second = ValueFormat.ReadArray<double>(ctx.Reader);
        double[][] bounds = [.. first.Select(_ => ValueFormat.ReadArray<double>(ctx.Reader))];
        return first.Length == type.ValueCount() && second.Length == first.Length && Enum.IsDefined(kind)
            ? new(type, kind, first, second, bounds)
            : throw ctx.Corrupt("the parameters of a normaliser do not fit its column");
    }

    public void Save(BinaryWriter writer)
    {
        SchemaFormat.WriteType(writer, type);
        writer.Write((byte)kind);
        ValueFormat.WriteArray(writer, first);
        ValueFormat.WriteArray(writer, second);
        foreach (double[] slot in bounds)
        {
            ValueFormat.WriteArray(writer, slot);
        }
    }

    public NormalizingTransformer.NormalizerModelParametersBase ToModelParameters() =>
        type.ItemType() == NumberDataViewType.Single ? Parameters<float>() : Parameters<double>();

    public Delegate CreateGetter(DataViewRow row, DataViewSchema.Column column)
    {
        if (!column.Type.ItemType().Equals(type.ItemType()) || column.Type.ValueCount() != type.ValueCount())
        {
            throw new InvalidOperationException($"Column '{column.Name}' was normalised as '{type}', but is now '{column.Type}'.");
        }

        return type.ItemType() == NumberDataViewType.Single
            ? Getters.Map(row, column, Function<float>(), _keepsZero)
            : Getters.Map(row, column, Function<double>(), _keepsZero);
    }

    private Func<T, int, T> Function<T>() where T : struct, IFloatingPoint<T>
    {
        T[] a = Convert<T>(first);
        T[] b = Convert<T>(second);
        return kind switch
        {
            NormalizerKind.Affine => (value, slot) => (value - b[slot]) * a[slot],
            NormalizerKind.Bin => (value, slot) => T.CreateTruncating(Bin(double.CreateTruncating(value), slot)),
            NormalizerKind.Cdf => (value, slot) => T.CreateTruncating(Cdf(double.CreateTruncating(value), slot)),
            _ => (value, slot) => T.CreateTruncating(Cdf(Math.Log(double.CreateTruncating(value)), slot)),
        };
    }

    /// <summary>The number of the bin, from 0, whose upper bound is the first that is not below the value.</summary>
    public static int BinOf(double value, double[] bounds) => Array.BinarySearch(bounds, value) is var index && index < 0 ? ~index : index;

    private double Bin(double x, int slot) => double.IsNaN(x) ? x : first[slot] == 0 ? 0 : BinOf(x, bounds[slot]) / first[slot] - second[slot];

    // What is missing, or has no logarithm, becomes 0.
    private double Cdf(double x, int slot) =>
        second[slot] == 0 || double.IsNaN(x) ? 0 : 0.5 * (1 + Erf((x - first[slot]) / (second[slot] * Math.Sqrt(2))));

    /// <summary>The error function to 1e-4, as ML.NET has it (S. Winitzki, A handy approximation for the error function, 2008).</summary>
    private static double Erf(double x)
    {
        const double A = 0.147;
        double square = x * x;
        return Math.CopySign(Math.Sqrt(1 - Math.Exp(-square * ((4 / Math.PI) + (A * square)) / (1 + (A * square)))), x);
    }

    private NormalizingTransformer.NormalizerModelParametersBase Parameters<T>() where T : struct, IFloatingPoint<T>
    {
        ImmutableArray<T> a = [.. Convert<T>(first)];
        ImmutableArray<T> b = [.. Convert<T>(second)];
        bool vector = type is VectorDataViewType;
        return (kind, vector) switch
        {
            (NormalizerKind.Affine, true) => new NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<T>>(a, _keepsZero ? [] : b),
            (NormalizerKind.Affine, false) => new NormalizingTransformer.AffineNormalizerModelParameters<T>(a[0], b[0]),
            (NormalizerKind.Bin, true) => new NormalizingTransformer.BinNormalizerModelParameters<ImmutableArray<T>>(
                [.. bounds.Select(slot => Convert<T>(slot).ToImmutableArray())], a, Array.TrueForAll(second, offset => offset == 0) ? [] : b),
            (NormalizerKind.Bin, false) => new NormalizingTransformer.BinNormalizerModelParameters<T>([.. Convert<T>(bounds[0])], a[0], b[0]),
            (_, true) => new NormalizingTransformer.CdfNormalizerModelParameters<ImmutableArray<T>>(a, b, kind == NormalizerKind.LogCdf),
            (_, false) => new NormalizingTransformer.CdfNormalizerModelParameters<T>(a[0], b[0], kind == NormalizerKind.LogCdf),
        };
    }

    private static T[] Convert<T>(double[] values) where T : struct, IFloatingPoint<T> => [.. values.Select(T.CreateTruncating)];
}
