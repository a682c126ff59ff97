namespace EE569.Engine.Kernels.Products;

/// <summary>
/// The product of few rows or few columns over a long depth that is adjacent in both factors (a forward pass: X W^T): every element
/// is a dot product in place.
/// </summary>
internal readonly unsafe struct DotProduct<T, TVector, TLanes> : IPartitionedWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : ILanes<T, TVector>
{
    private const int PartsPerThread = 4;
    private const int Group = 4;

    private readonly Product<T> _product;
    private readonly int _parts;

    private DotProduct(in Product<T> product, int parts)
    {
        _product = product;
        _parts = parts;
    }

    private bool SplitsRows => _product.Rows >= _product.Columns;

    public static void Multiply(in Product<T> product, Workers workers)
    {
        int length = Math.Max(product.Rows, product.Columns);
        int parts = workers.Count == 1 ? 1 : Math.Min(workers.Count * PartsPerThread, (length + Group - 1) / Group);
        workers.Run(parts, new DotProduct<T, TVector, TLanes>(product, parts));
    }

    public void Execute(int part)
    {
        if (SplitsRows)
        {
            Multiply(Boundary(part, _product.Rows), Boundary(part + 1, _product.Rows), 0, _product.Columns);
        }
        else
        {
            Multiply(0, _product.Rows, Boundary(part, _product.Columns), Boundary(part + 1, _product.Columns));
        }
    }

    private int Boundary(int part, int length) =>
        part == _parts ? length : (int)((long)length * part / _parts) / Group * Group;

    private void Multiply(int firstRow, int endRow, int firstColumn, int endColumn)
    {
        int column = firstColumn;
        for (; column + Group <= endColumn; column += Group)
        {
            FourColumns(firstRow, endRow, column);
        }

        for (; column < endColumn; column++)
        {
            OneColumn(firstRow, endRow, column);
        }
    }

    private void FourColumns(int row, int endRow, int column)
    {
        T* sums = stackalloc T[2 * Group];
        T* y = _product.B.At(0, column);
        for (; row + 2 <= endRow; row += 2)
        {
            DotKernel.TwoByFour<T, TVector, TLanes>(
                _product.A.At(row, 0), _product.A.At(row + 1, 0), y, _product.B.ColumnStride, _product.Depth, sums);
            for (int i = 0; i < Group; i++)
            {
                Set(row, column + i, sums[i]);
                Set(row + 1, column + i, sums[Group + i]);
            }
        }

        if (row < endRow)
        {
            DotKernel.OneByFour<T, TVector, TLanes>(_product.A.At(row, 0), y, _product.B.ColumnStride, _product.Depth, sums);
            for (int i = 0; i < Group; i++)
            {
                Set(row, column + i, sums[i]);
            }
        }
    }

    private void OneColumn(int row, int endRow, int column)
    {
        T* sums = stackalloc T[Group];
        T* y = _product.B.At(0, column);
        for (; row + Group <= endRow; row += Group)
        {
            DotKernel.OneByFour<T, TVector, TLanes>(y, _product.A.At(row, 0), _product.A.RowStride, _product.Depth, sums);
            for (int i = 0; i < Group; i++)
            {
                Set(row + i, column, sums[i]);
            }
        }

        for (; row < endRow; row++)
        {
            Set(row, column, DotKernel.OneByOne<T, TVector, TLanes>(_product.A.At(row, 0), y, _product.Depth));
        }
    }

    private void Set(int row, int column, T sum) =>
        _product.C[((nint)row * _product.Columns) + column] = _product.Bias == null ? sum : sum + _product.Bias[column];
}
