namespace EE569.Engine.Data;

/// <summary>
/// Neighbouring shards of a batch: a node of the binary tree in which their gradients are added. The tree follows from the number of shards alone, and workers - ranks, or
/// threads of a rank - take whole subtrees of it, so that the sum has the same bits however many there are.
/// </summary>
/// <param name="First">The first shard.</param>
/// <param name="End">The one behind the last.</param>
internal readonly record struct Shards(int First, int End)
{
    public int Count => End - First;

    /// <summary>The nodes below one of two shards or more: to the left as many as the largest power of two that leaves some for the right.</summary>
    public (Shards Left, Shards Right) Halves
    {
        get
        {
            int middle = First + (1 << BitOperations.Log2((uint)Count - 1));
            return (new(First, middle), new(middle, End));
        }
    }

    /// <summary>The subtree of a worker; of more workers than can share the shards some have none.</summary>
    public Shards Part(int worker, int workers)
    {
        if (workers == 1 || Count < 2)
        {
            return worker == 0 ? this : default;
        }

        int left = LeftWorkers(workers);
        return worker < left ? Halves.Left.Part(worker, left) : Halves.Right.Part(worker - left, workers - left);
    }

    /// <summary>In which order the sums of the workers' subtrees are added: to whose that of whom. In the end the first worker's is the sum of all.</summary>
    public IEnumerable<(int To, int From)> Additions(int workers, int first = 0)
    {
        if (workers == 1 || Count < 2)
        {
            return [];
        }

        int left = LeftWorkers(workers);
        return [.. Halves.Left.Additions(left, first), .. Halves.Right.Additions(workers - left, first + left), (first, first + left)];
    }

    private int LeftWorkers(int workers) => Math.Clamp((int)Math.Round((double)workers * Halves.Left.Count / Count), 1, workers - 1);
}
