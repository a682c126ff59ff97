namespace EE569.Engine.Data;

/// <summary>How a batch is cut into shards - by position, so that no number of ranks or threads changes it - and which of them are a rank's own.</summary>
/// <param name="ShardSize">Examples of a shard; the last one of a batch may be smaller.</param>
/// <param name="Rank">The rank.</param>
/// <param name="Ranks">Number of ranks.</param>
internal readonly record struct BatchCut(int ShardSize, int Rank, int Ranks)
{
    /// <summary>One shard, whatever the batch.</summary>
    public static BatchCut Whole { get; } = new(int.MaxValue, 0, 1);

    /// <summary>The shards of a batch of some examples.</summary>
    public Shards All(int rows) => new(0, (int)(((long)rows + ShardSize - 1) / ShardSize));

    /// <summary>The rank's own.</summary>
    public Shards Own(int rows) => All(rows).Part(Rank, Ranks);

    /// <summary>Which examples of a batch are in shards.</summary>
    public (int First, int Count) RowsOf(Shards shards, int rows)
    {
        int first = (int)Math.Min((long)shards.First * ShardSize, rows);
        return (first, (int)Math.Min((long)shards.End * ShardSize, rows) - first);
    }
}
