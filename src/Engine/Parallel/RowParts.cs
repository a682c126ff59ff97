namespace EE569.Engine.Parallel;

/// <summary>Rows in parts for the threads, each some 64 KiB of floats: what a row-wise computation reads and writes lies in the second-level cache.</summary>
/// <remarks>A part holds a multiple of every register's elements where rows have one, so that parts change no bit of an element-wise function.</remarks>
/// <param name="Rows">Number of rows.</param>
/// <param name="Width">Elements of a row.</param>
internal readonly record struct RowParts(int Rows, int Width)
{
    private int RowsOfPart => Math.Max(1, (1 << 14) / Width);

    /// <summary>Number of parts.</summary>
    public int Count => (Rows + RowsOfPart - 1) / RowsOfPart;

    /// <summary>The first row of a part and the one behind its last.</summary>
    public (int First, int End) this[int part] => (part * RowsOfPart, Math.Min(Rows, (part + 1) * RowsOfPart));
}
