namespace EE569.Engine.Data;

/// <summary>Reads data that lies in memory: in file order as views without copying, in random order by gathering the rows, of which sparse ones stay where they are.</summary>
internal sealed class IndexedReader<T> : BatchReader<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Targets<T> _targets;
    private readonly Targets<T> _view;
    private readonly int _batchSize;
    private readonly int[] _order;
    private Targets<T>? _gathered;
    private bool _isShuffled;
    private int _position;

    public IndexedReader(BatchPart<T>[] parts, Targets<T> targets, int batchSize)
    {
        _targets = targets;
        _batchSize = Math.Min(batchSize, Math.Max(1, targets.Rows));
        _order = new int[targets.Rows];
        _view = targets.CreateBuffer(0);
        Current = new Batch<T>(parts, _view);
    }

    public override Batch<T> Current { get; }

    public override long Bytes => (long)_order.Length * sizeof(int) + (_gathered is null ? 0 : _gathered.Bytes + Current.Parts.Sum(part => part.Bytes));

    public override void Start(SplitMix64? shuffle)
    {
        _position = 0;
        _isShuffled = shuffle is not null;
        if (shuffle is { } random)
        {
            // The order of an epoch must not depend on the epochs before it, so that a resumed training sees the same one.
            for (int i = 0; i < _order.Length; i++)
            {
                _order[i] = i;
            }

            random.Shuffle(_order.AsSpan());
            _gathered ??= _targets.CreateBuffer(_batchSize);
        }

        Current.Targets = _isShuffled ? _gathered! : _view;
    }

    public override bool MoveNext()
    {
        Rows = Math.Min(_batchSize, _targets.Rows - _position);
        if (Rows == 0)
        {
            return false;
        }

        (First, int rows) = Cut.RowsOf(Cut.Own(Rows), Rows);
        int position = _position + First;

        if (_isShuffled)
        {
            ReadOnlySpan<int> chosen = _order.AsSpan(position, rows);
            _gathered!.Gather(_targets, chosen);
            foreach (BatchPart<T> part in Current.Parts)
            {
                part.Gather(chosen);
            }
        }
        else
        {
            _view.PointAt(_targets, position, rows);
            foreach (BatchPart<T> part in Current.Parts)
            {
                part.Show(position, rows);
            }
        }

        _position += Rows;
        return true;
    }

    public override void Dispose()
    {
    }
}
