namespace EE569.Engine.Graphs;

/// <summary>
/// The elements of a parameter that a node reads for a batch. The parameter is seen as lines of equal length, of which the same elements are
/// touched, in whole blocks, so that what is done to them is done by vectors.
/// </summary>
internal abstract class TouchedBlocks(int lines, int lineLength, int blockLength)
{
    /// <summary>Lines of the parameter.</summary>
    public int Lines { get; } = lines;

    /// <summary>Elements of a line.</summary>
    public int LineLength { get; } = lineLength;

    /// <summary>Elements of a block; the last one of a line may be shorter.</summary>
    public int BlockLength { get; } = blockLength;

    /// <summary>Blocks of a line.</summary>
    public int Blocks { get; } = (int)(((long)lineLength + blockLength - 1) / blockLength);

    /// <summary>The touched elements of a line; each run consists of whole blocks.</summary>
    public abstract ReadOnlySpan<ElementRun> Runs { get; }

    /// <summary>Forgets all elements.</summary>
    public abstract void Clear();

    /// <summary>Makes these the elements that the present batch touches.</summary>
    public abstract void Collect();
}
