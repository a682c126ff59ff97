namespace EE569.Engine.Kernels.Products;

/// <summary>Adds the rows of a matrix to sums, some neighbouring columns a part; each column is summed in the order of the rows, on any number of threads.</summary>
/// <param name="from">rows x columns.</param>
/// <param name="sums">columns.</param>
/// <param name="rows">Number of rows.</param>
/// <param name="columns">Number of columns.</param>
internal readonly unsafe struct ColumnSums<T>(T* from, T* sums, int rows, int columns) : IPartitionedWork
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static int PartColumns => 4 * Vector<T>.Count;

    public int Parts => (columns + PartColumns - 1) / PartColumns;

    public void Execute(int part)
    {
        int column = part * PartColumns, width = Vector<T>.Count;
        if (column + PartColumns <= columns)
        {
            T* sum = sums + column;
            (Vector<T> a, Vector<T> b, Vector<T> c, Vector<T> d) = (Vector.Load(sum), Vector.Load(sum + width), Vector.Load(sum + (2 * width)), Vector.Load(sum + (3 * width)));
            for (int row = 0; row < rows; row++)
            {
                T* x = from + ((nint)row * columns) + column;
                a += Vector.Load(x);
                b += Vector.Load(x + width);
                c += Vector.Load(x + (2 * width));
                d += Vector.Load(x + (3 * width));
            }

            a.Store(sum);
            b.Store(sum + width);
            c.Store(sum + (2 * width));
            d.Store(sum + (3 * width));
            return;
        }

        for (; column + width <= columns; column += width)
        {
            Vector<T> sum = Vector.Load(sums + column);
            for (int row = 0; row < rows; row++)
            {
                sum += Vector.Load(from + ((nint)row * columns) + column);
            }

            sum.Store(sums + column);
        }

        for (; column < columns; column++)
        {
            T sum = sums[column];
            for (int row = 0; row < rows; row++)
            {
                sum += from[((nint)row * columns) + column];
            }

            sums[column] = sum;
        }
    }
}
