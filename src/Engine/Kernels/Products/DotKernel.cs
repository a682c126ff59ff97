namespace EE569.Engine.Kernels.Products;

/// <summary>
/// Dot products of rows that are adjacent in memory, several at a time to share loads. A lane sums every Width-th product in
/// ascending order and the lanes are added at the end, so a dot product has the same bits in every group. What remains after the last
/// full register is read again from the end of the row, the numbers already counted masked out; the depth is at least one register.
/// </summary>
internal static unsafe class DotKernel
{
    /// <summary>x0 and x1 with four rows y, y + yRow, … : sums[0..3] for x0, sums[4..7] for x1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TwoByFour<T, TVector, TLanes>(T* x0, T* x1, T* y, nint yRow, int depth, T* sums)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector>
    {
        Dots4<T, TVector, TLanes> dots0 = default, dots1 = default;
        int p = 0;
        for (; p <= depth - TLanes.Width; p += TLanes.Width)
        {
            dots0 = dots0.Add(TLanes.Load(x0 + p), y + p, yRow);
            dots1 = dots1.Add(TLanes.Load(x1 + p), y + p, yRow);
        }

        if (p < depth)
        {
            int last = depth - TLanes.Width;
            dots0 = dots0.Add(TLanes.KeepLast(TLanes.Load(x0 + last), depth - p), y + last, yRow);
            dots1 = dots1.Add(TLanes.KeepLast(TLanes.Load(x1 + last), depth - p), y + last, yRow);
        }

        dots0.StoreSums(sums);
        dots1.StoreSums(sums + 4);
    }

    /// <summary>x with four rows y, y + yRow, … .</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OneByFour<T, TVector, TLanes>(T* x, T* y, nint yRow, int depth, T* sums)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector>
    {
        Dots4<T, TVector, TLanes> dots = default;
        int p = 0;
        for (; p <= depth - TLanes.Width; p += TLanes.Width)
        {
            dots = dots.Add(TLanes.Load(x + p), y + p, yRow);
        }

        if (p < depth)
        {
            int last = depth - TLanes.Width;
            dots = dots.Add(TLanes.KeepLast(TLanes.Load(x + last), depth - p), y + last, yRow);
        }

        dots.StoreSums(sums);
    }

    /// <summary>x with y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T OneByOne<T, TVector, TLanes>(T* x, T* y, int depth)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector>
    {
        TVector sum = default;
        int p = 0;
        for (; p <= depth - TLanes.Width; p += TLanes.Width)
        {
            sum = TLanes.MultiplyAdd(TLanes.Load(x + p), TLanes.Load(y + p), sum);
        }

        if (p < depth)
        {
            int last = depth - TLanes.Width;
            sum = TLanes.MultiplyAdd(TLanes.KeepLast(TLanes.Load(x + last), depth - p), TLanes.Load(y + last), sum);
        }

        return TLanes.Sum(sum);
    }
}
