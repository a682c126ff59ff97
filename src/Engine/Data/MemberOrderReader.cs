namespace EE569.Engine.Data;

/// <summary>
/// Lets each member of an ensemble visit the rows in a random order of its own: it reads windows of rows - all rows at once where they are in
/// memory - and shuffles each window anew for every member. A batch, or each shard of one, holds the rows of the first member, then those of the second …
/// </summary>
/// <param name="windows">Reads the windows, whose length is a multiple of the batch size but for the last one.</param>
/// <param name="areShuffled">Whether the rows come to the windows in random order already.</param>
/// <param name="batchSize">Largest number of rows of a batch for each member.</param>
/// <param name="members">Number of members.</param>
internal sealed class MemberOrderReader<T>(BatchReader<T> windows, bool areShuffled, int batchSize, int members) : BatchReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Batch<T>? _batch;
    private SplitMix64 _random;
    private int[] _orders = [];
    private int[] _chosen = [];
    private int _rows;
    private int _position;

    public override Batch<T> Current => _batch!;

    public override long Bytes => windows.Bytes + (long)(_orders.Length + _chosen.Length) * sizeof(int)
        + (_batch is null ? 0 : _batch.Targets.Bytes + _batch.Parts.Sum(part => part.Bytes));

    public override void Start(SplitMix64? shuffle)
    {
        SplitMix64 random = shuffle ?? throw new ArgumentNullException(nameof(shuffle));
        _random = new SplitMix64(random.NextUInt64());
        (_rows, _position) = (0, 0);
        windows.Start(areShuffled ? random : null);
    }

    public override bool MoveNext()
    {
        if (_position == _rows && !Open())
        {
            return false;
        }

        Rows = Math.Min(batchSize, _rows - _position);
        Shards own = Cut.Own(Rows);
        First = Cut.RowsOf(own, Rows).First;
        int count = 0;
        for (int shard = own.First; shard < own.End; shard++)
        {
            (int first, int rows) = Cut.RowsOf(new Shards(shard, shard + 1), Rows);
            for (int member = 0; member < members; member++, count += rows)
            {
                _orders.AsSpan(member * _rows + _position + first, rows).CopyTo(_chosen.AsSpan(count));
            }
        }

        ReadOnlySpan<int> chosen = _chosen.AsSpan(0, count);
        _batch!.Targets.Gather(windows.Current.Targets, chosen);
        foreach (BatchPart<T> part in _batch.Parts)
        {
            part.Gather(chosen);
        }

        _position += Rows;
        return true;
    }

    public override void Dispose() => windows.Dispose();

    /// <summary>Goes to the next window.</summary>
    private bool Open()
    {
        if (!windows.MoveNext())
        {
            return false;
        }

        (_rows, _position) = (windows.Current.Targets.Rows, 0);
        int rowsOfBatch = checked(members * Math.Min(batchSize, _rows));
        if (_chosen.Length < rowsOfBatch)
        {
            (_orders, _chosen) = (new int[checked(members * _rows)], new int[rowsOfBatch]);
            _batch = new Batch<T>(Array.ConvertAll(windows.Current.Parts, part => part.OfBatch()), windows.Current.Targets.CreateBuffer(rowsOfBatch), true);
        }

        for (int member = 0; member < members; member++)
        {
            Span<int> order = _orders.AsSpan(member * _rows, _rows);
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }

            _random.Shuffle(order);
        }

        return true;
    }
}
