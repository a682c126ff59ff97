using System.Numerics.Tensors;

namespace EE569.Trainers.Internals;

/// <summary>
/// Reads the features of the next rows into a block, so that a network can score them with one matrix product per layer. It stands for the
/// rows of a view whose other columns nobody asks for. The scores equal those of single rows up to rounding.
/// </summary>
internal sealed class ReadAheadCursor : DataViewRowCursor
{
    private const int BlockRows = 128;

    private readonly DataViewRowCursor _input;
    private readonly DataViewSchema.Column _feature;
    private readonly ValueGetter<VBuffer<float>> _getFeatures;
    private readonly ValueGetter<DataViewRowId> _getId;
    private readonly Matrix<float> _features;
    private readonly DataViewRowId[] _ids = new DataViewRowId[BlockRows];
    private readonly bool[] _isMissing = new bool[BlockRows];
    private VBuffer<float> _row;
    private int _rows;
    private long _position = -1;

    /// <param name="input">A cursor on the features alone; this one disposes it.</param>
    /// <param name="feature">The feature column.</param>
    public ReadAheadCursor(DataViewRowCursor input, DataViewSchema.Column feature)
    {
        _input = input;
        _feature = feature;
        _getFeatures = input.GetGetter<VBuffer<float>>(feature);
        _getId = input.GetIdGetter();
        _features = new Matrix<float>(BlockRows, ((VectorDataViewType)feature.Type).Size);
    }

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema => _input.Schema;

    /// <summary>Rows of a block, but for the last one.</summary>
    public int MostRows => _features.Rows;

    /// <summary>Number of the current block, from 0.</summary>
    public long Block { get; private set; } = -1;

    /// <summary>The current row's place in its block.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>The features of the block.</summary>
    public Matrix<float> Features => _features.Slice(0, _rows);

    /// <summary>Whether a row of the block lacks a feature.</summary>
    public bool IsMissing(int index) => _isMissing[index];

    public override bool MoveNext()
    {
        if (++Index >= _rows)
        {
            ReadBlock();
        }

        _position = _rows == 0 ? -1 : _position + 1;
        return _rows > 0;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => false;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        throw new InvalidOperationException($"Column '{column.Name}' was not asked for when the cursor was opened.");

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _ids[Index];

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ReadBlock()
    {
        Block++;
        Index = 0;
        for (_rows = 0; _rows < BlockRows && _input.MoveNext(); _rows++)
        {
            _getFeatures(ref _row);
            FeatureRow.Check(in _row, _feature, _position + 1 + _rows);
            _getId(ref _ids[_rows]);
            _row.CopyTo(_features.Row(_rows));
            _isMissing[_rows] = TensorPrimitives.IsNaNAny(_row.GetValues());
        }
    }
}
