namespace EE569.Engine.Data;

/// <summary>The rows of one step: the parts of the examples, and their targets.</summary>
/// <param name="parts">The parts of the examples.</param>
/// <param name="targets">Their targets.</param>
/// <param name="hasRowsOfMembers">Whether they are rows of each member of an ensemble, the first one's first.</param>
internal sealed class Batch<T>(BatchPart<T>[] parts, Targets<T> targets, bool hasRowsOfMembers = false) where T : unmanaged, IFloatingPointIeee754<T>
{
    public BatchPart<T>[] Parts { get; } = parts;

    public Targets<T> Targets { get; set; } = targets;

    /// <summary>Whether an example has a row for each member of an ensemble.</summary>
    public bool HasRowsOfMembers => hasRowsOfMembers;

    /// <summary>A batch to <see cref="Show"/> runs of rows of this one.</summary>
    public Batch<T> CreateView() => new(Array.ConvertAll(Parts, part => part.OfBatch()), Targets.CreateBuffer(0), hasRowsOfMembers);

    /// <summary>Makes this batch a run of rows of the one that created it.</summary>
    public void Show(Batch<T> batch, int first, int rows)
    {
        Targets.PointAt(batch.Targets, first, rows);
        foreach (BatchPart<T> part in Parts)
        {
            part.Show(first, rows);
        }
    }

    public void Present(Network<T> network)
    {
        network.Graph.HasRowsOfMembers = hasRowsOfMembers;
        foreach (BatchPart<T> part in Parts)
        {
            part.Present(network);
        }

        network.Loss.Targets = Targets;
    }
}
