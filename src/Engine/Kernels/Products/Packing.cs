using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EE569.Engine.Kernels.Products;

/// <summary>Copies a panel of B so that the numbers of one step of the product lie next to each other, zeros filling the last register.</summary>
internal static unsafe class Packing
{
    private const int Block = 4;
    private const int PanelsAtOnce = 4;

    /// <summary>Floats of a cache line: columns are read a line at a time, so that the rows written in between stay in the cache.</summary>
    private const int LineLength = 16;

    /// <param name="source">The panel's first element.</param>
    /// <param name="depth">Rows of the panel.</param>
    /// <param name="columns">Columns of the panel.</param>
    /// <param name="width">Columns of the copy, at least <paramref name="columns"/>.</param>
    /// <param name="destination">depth x width numbers.</param>
    public static void Pack<T>(Operand<T> source, int depth, int columns, int width, T* destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (columns < width)
        {
            new Span<T>(destination, depth * width).Clear();
        }

        if (source.ColumnStride == 1)
        {
            CopyRows(source, depth, columns, width, destination, panels: 1);
        }
        else
        {
            CopyColumns(source, depth, columns, width, destination);
        }
    }

    /// <summary>Packs panels that lie side by side in the source, one after another, several at a time so that whole cache lines are read.</summary>
    /// <param name="source">The first panel's first element; columns are adjacent.</param>
    /// <param name="depth">Rows of a panel.</param>
    /// <param name="width">Columns of a panel.</param>
    /// <param name="panels">Number of panels.</param>
    /// <param name="destination">panels x depth x width numbers.</param>
    public static void PackPanels<T>(Operand<T> source, int depth, int width, int panels, T* destination)
        where T : unmanaged
    {
        for (int first = 0; first < panels; first += PanelsAtOnce)
        {
            int count = Math.Min(PanelsAtOnce, panels - first);
            CopyRows(source.From(0, first * width), depth, width, width, destination + ((nint)first * depth * width), count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows<T>(Operand<T> source, int depth, int columns, int width, T* destination, int panels)
        where T : unmanaged
    {
        nint panelLength = (nint)depth * width, rowStride = source.RowStride;
        int whole = Vector256<T>.IsSupported ? columns - (columns % Vector256<T>.Count) : 0;
        T* row = source.Start;
        for (int p = 0; p < depth; p++)
        {
            T* from = row, to = destination;
            for (int panel = 0; panel < panels; panel++)
            {
                int i = 0;
                for (; i < whole; i += Vector256<T>.Count)
                {
                    Vector256.Load(from + i).Store(to + i);
                }

                for (; i < columns; i++)
                {
                    to[i] = from[i];
                }

                from += columns;
                to += panelLength;
            }

            row += rowStride;
            destination += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyColumns<T>(Operand<T> source, int depth, int columns, int width, T* destination)
        where T : unmanaged
    {
        int transposed = 0;
        if (typeof(T) == typeof(float) && source.RowStride == 1 && (Sse.IsSupported || AdvSimd.Arm64.IsSupported))
        {
            transposed = columns / Block * Block;
            for (int p = 0; p < depth; p += LineLength)
            {
                int length = Math.Min(LineLength, depth - p);
                for (int column = 0; column < transposed; column += Block)
                {
                    TransposeColumns(
                        (float*)source.At(p, column), source.ColumnStride, length, (float*)destination + (p * (nint)width) + column, width);
                }
            }
        }

        for (int column = transposed; column < columns; column++)
        {
            T* from = source.At(0, column);
            for (int p = 0; p < depth; p++)
            {
                destination[((nint)p * width) + column] = from[p * source.RowStride];
            }
        }
    }

    /// <summary>Four columns, each of adjacent numbers, become rows of four numbers: 4 x 4 blocks are transposed in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeColumns(float* source, nint columnStride, int depth, float* destination, nint width)
    {
        float* c0 = source, c1 = c0 + columnStride, c2 = c1 + columnStride, c3 = c2 + columnStride;
        int p = 0;
        for (; p + Block <= depth; p += Block)
        {
            (Vector128<double> low01, Vector128<double> high01) = Zip(Vector128.Load(c0 + p), Vector128.Load(c1 + p));
            (Vector128<double> low23, Vector128<double> high23) = Zip(Vector128.Load(c2 + p), Vector128.Load(c3 + p));
            float* to = destination + (p * width);
            FirstHalves(low01, low23).Store(to);
            SecondHalves(low01, low23).Store(to + width);
            FirstHalves(high01, high23).Store(to + (2 * width));
            SecondHalves(high01, high23).Store(to + (3 * width));
        }

        for (; p < depth; p++)
        {
            Vector128.Create(c0[p], c1[p], c2[p], c3[p]).Store(destination + (p * width));
        }
    }

    /// <summary>(a0 b0 a1 b1), (a2 b2 a3 b3), each pair as one double that moves as a whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<double> Low, Vector128<double> High) Zip(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported
            ? (Sse.UnpackLow(a, b).AsDouble(), Sse.UnpackHigh(a, b).AsDouble())
            : (AdvSimd.Arm64.ZipLow(a, b).AsDouble(), AdvSimd.Arm64.ZipHigh(a, b).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FirstHalves(Vector128<double> a, Vector128<double> b) =>
        (Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SecondHalves(Vector128<double> a, Vector128<double> b) =>
        (Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b)).AsSingle();
}
