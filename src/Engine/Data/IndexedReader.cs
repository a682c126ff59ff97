using System.Numerics;

namespace EE569.Engine.Data;

/// <summary>Reads data that lies in memory: in file order as views without copying, in random order by gathering the rows, of which sparse ones stay where they are.</summary>
internal abstract class IndexedReader<T> : BatchReader<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Targets<T> targets;
    private readonly Batch<T> view;
    private readonly int batchSize;
    private readonly int[] order;
    private Batch<T>? gathered;
    private bool isShuffled;
    private int position;

    private protected IndexedReader(Targets<T> targets, Batch<T> view, int batchSize)
    {
        this.targets = targets;
        this.view = view;
        this.batchSize = Math.Min(batchSize, Math.Max(1, targets.Rows));
        order = new int[targets.Rows];
    }

    public sealed override Batch<T> Current => isShuffled ? gathered! : view;

    public sealed override long Bytes => (long)order.Length * sizeof(int) + (gathered?.Bytes ?? 0);

    public sealed override void Start(SplitMix64? shuffle)
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
            gathered ??= CreateBuffer(batchSize);
        }
    }

    public sealed override bool MoveNext()
    {
        int rows = Math.Min(batchSize, targets.Rows - position);
        if (rows == 0)
        {
            return false;
        }

        if (isShuffled)
        {
            ReadOnlySpan<int> chosen = order.AsSpan(position, rows);
            Gather(chosen);
            gathered!.Targets.Gather(targets, chosen);
        }
        else
        {
            Show(position, rows);
            view.Targets.PointAt(targets, position, rows);
        }

        position += rows;
        return true;
    }

    public sealed override void Dispose()
    {
    }

    /// <summary>Makes the batch of gathered rows.</summary>
    private protected abstract Batch<T> CreateBuffer(int capacity);

    /// <summary>Brings the features of rows into the batch.</summary>
    private protected abstract void Gather(ReadOnlySpan<int> rows);

    /// <summary>Points the features of the view at a run of rows.</summary>
    private protected abstract void Show(int first, int rows);
}
