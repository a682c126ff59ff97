using System.Runtime.Intrinsics;

namespace EE569.Engine.Kernels.Products;

/// <summary>Chooses, from the shape alone, how a product is computed, on how many threads at most and on which registers.</summary>
internal static class ProductPlan
{
    /// <summary>Multiply-adds below which plain loops are fastest.</summary>
    private const long SmallMultiplyAdds = 512;

    /// <summary>Multiply-adds from which waking a second thread pays: about 10 microseconds of work for one.</summary>
    private const long ParallelMultiplyAdds = 1 << 19;

    /// <summary>Rows, or columns, up to which dot products beat a packed panel.</summary>
    private const int FewDots = 4;

    /// <summary>Rows up to which every number of B is used too seldom to be copied.</summary>
    private const int FewRows = 16;

    public static void Multiply<T>(in Product<T> product, Workers workers, InstructionSet instructions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (product.MultiplyAdds <= SmallMultiplyAdds)
        {
            SmallProduct.Multiply(product);
            return;
        }

        Workers threads = product.MultiplyAdds >= ParallelMultiplyAdds ? workers : Workers.Single;
        if (IsDot(product))
        {
            Run<DotMethod, T>(product, threads, Fitting<T>(product.Depth, instructions));
        }
        else if (IsDirect(product))
        {
            Run<DirectMethod, T>(product, threads, Fitting<T>(product.Columns, instructions));
        }
        else
        {
            Run<PackedMethod, T>(product, threads, instructions);
        }
    }

    /// <summary>Dot products pay where the depth is adjacent in both factors and there are too few rows or columns for a packed tile.</summary>
    private static bool IsDot<T>(in Product<T> product)
        where T : unmanaged =>
        product.A.ColumnStride == 1 && product.B.RowStride == 1 && !product.Accumulate
        && (product.Rows <= FewDots || product.Columns <= FewDots);

    /// <summary>A gradient of few rows: B is row-major, and C is overwritten and has no bias.</summary>
    private static unsafe bool IsDirect<T>(in Product<T> product)
        where T : unmanaged =>
        product.B.ColumnStride == 1 && product.Rows <= FewRows && !product.Accumulate && product.Bias == null;

    /// <summary>The widest registers that a row of <paramref name="length"/> numbers fills.</summary>
    private static InstructionSet Fitting<T>(int length, InstructionSet instructions)
        where T : unmanaged
    {
        while (instructions.WidthOf<T>() > length)
        {
            instructions--;
        }

        return instructions;
    }

    public static void Run<TMethod, T>(in Product<T> product, Workers workers, InstructionSet instructions)
        where TMethod : IProductMethod
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (instructions)
        {
            case InstructionSet.Vector512:
                TMethod.Multiply<T, Vector512<T>, Lanes512<T>>(product, workers);
                break;
            case InstructionSet.Vector256:
                TMethod.Multiply<T, Vector256<T>, Lanes256<T>>(product, workers);
                break;
            case InstructionSet.Vector128:
                TMethod.Multiply<T, Vector128<T>, Lanes128<T>>(product, workers);
                break;
            default:
                TMethod.Multiply<T, T, ScalarLane<T>>(product, workers);
                break;
        }
    }
}
