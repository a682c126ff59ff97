using System.Numerics;

namespace EE569.Engine.Data;

/// <summary>Reads data that lies in memory: in file order as views without copying, in random order by gathering the rows, of which sparse ones stay where they are.</summary>
internal sealed class IndexedReader<T> : BatchReader<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Targets<T> targets;
    private readonly Targets<T> view;
    private readonly int batchSize;
    private readonly int[] order;
    private Targets<T>? gathered;
    private bool isShuffled;
    private int position;

    public IndexedReader(BatchPart<T>[] parts, Targets<T> targets, int batchSize)
    {
        this.targets = targets;
        this.batchSize = Math.Min(batchSize, Math.Max(1, targets.Rows));
        order = new int[targets.Rows];
        view = targets.CreateBuffer(0);
        Current = new Batch<T>(parts, view);
    }

    public override Batch<T> Current { get; }

    public override long Bytes => (long)order.Length * sizeof(int) + (gathered is null ? 0 : gathered.Bytes + Current.Parts.Sum(part => part.Bytes));

    public override void Start(SplitMix64? shuffle)
    {
        position = 0;
        isShuffled = shuffle is not null;
        if (shuffle is { } random)
        {
            // The order of an epoch must not depend on the epochs before it, so that a resumed training sees the same one.
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }

            random.Shuffle(order.AsSpan());
            gathered ??= targets.CreateBuffer(batchSize);
        }

        Current.Targets = isShuffled ? gathered! : view;
    }

    public override bool MoveNext()
    {
        int rows = Math.Min(batchSize, targets.Rows - position);
        if (rows == 0)
        {
            return false;
        }

        if (isShuffled)
        {
            ReadOnlySpan<int> chosen = order.AsSpan(position, rows);
            gathered!.Gather(targets, chosen);
            foreach (BatchPart<T> part in Current.Parts)
            {
                part.Gather(chosen);
            }
        }
        else
        {
            view.PointAt(targets, position, rows);
            foreach (BatchPart<T> part in Current.Parts)
            {
                part.Show(position, rows);
            }
        }

        position += rows;
        return true;
    }

    public override void Dispose()
    {
    }
}
