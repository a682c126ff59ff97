namespace EE569.Engine.Kernels.Products;

/// <summary>The product of a handful of numbers, where preparing anything would take longer than the sums: plain loops.</summary>
internal static unsafe class SmallProduct
{
    public static void Multiply<T>(in Product<T> product)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        nint aStep = product.A.ColumnStride, bStep = product.B.RowStride;
        int depth = product.Depth;
        T* c = product.C;
        for (int row = 0; row < product.Rows; row++)
        {
            T* aRow = product.A.At(row, 0);
            for (int column = 0; column < product.Columns; column++)
            {
                T* a = aRow;
                T* b = product.B.At(0, column);
                T sum = product.Accumulate ? *c : T.Zero;
                for (int p = 0; p < depth; p++)
                {
                    sum = T.MultiplyAddEstimate(*a, *b, sum);
                    a += aStep;
                    b += bStep;
                }

                *c++ = product.Bias == null ? sum : sum + product.Bias[column];
            }
        }
    }
}
