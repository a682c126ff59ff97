namespace EE569.Engine.Data;

/// <summary>The rows of one step: the parts of the examples, and their targets.</summary>
internal sealed class Batch<T>(BatchPart<T>[] parts, Targets<T> targets) where T : unmanaged, IFloatingPointIeee754<T>
{
    public BatchPart<T>[] Parts { get; } = parts;

    public Targets<T> Targets { get; set; } = targets;

    public void Present(Network<T> network)
    {
        foreach (BatchPart<T> part in Parts)
        {
            part.Present(network);
        }

        network.Loss.Targets = Targets;
    }
}
