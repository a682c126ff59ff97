namespace EE569.Engine.Kernels.Lanes;

/// <summary>
/// What a kernel needs from a register of several numbers: one implementation per register width, so that a kernel is written once
/// and the JIT compiles it for each width with the calls inlined.
/// </summary>
/// <typeparam name="T">The number type.</typeparam>
/// <typeparam name="TVector">The register type.</typeparam>
internal unsafe interface ILanes<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>Numbers in one register.</summary>
    static abstract int Width { get; }

    /// <summary>Rows of a register tile, 8 or 4: with three registers a row they leave room for B and A in 32 or 16 registers.</summary>
    static abstract int TileRows { get; }

    static abstract TVector Broadcast(T value);

    static abstract TVector Load(T* source);

    static abstract void Store(TVector vector, T* destination);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a b + c, fused where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>The sum of the numbers in the register.</summary>
    static abstract T Sum(TVector vector);

    /// <summary>The last <paramref name="count"/> numbers; zeros before them.</summary>
    static abstract TVector KeepLast(TVector vector, int count);
}
