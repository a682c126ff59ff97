using System.Numerics.Tensors;

namespace EE569.Trainers.Tasks;

/// <summary>Scores the current row of an input, once per row however many columns are read. One per cursor.</summary>
internal abstract class RowScorer
{
    private readonly DataViewRow _row;
    private readonly ReadAheadCursor? _ahead;
    private readonly DataViewSchema.Column _feature;
    private readonly ValueGetter<VBuffer<float>>? _getFeatures;
    private readonly Predictor<float> _predictor;
    private readonly PreparedRow? _prepared;
    private readonly Matrix<float>? _preparedBlock;
    private VBuffer<float> _features;
    private Matrix<float>? _blockScores;
    private long _block = -1;
    private long _position = -1;

    protected RowScorer(DataViewRow row, DataViewSchema.Column feature, NetworkModelParameters model)
    {
        _row = row;
        _feature = feature;
        _ahead = row as ReadAheadCursor;
        _getFeatures = _ahead is null ? row.GetGetter<VBuffer<float>>(feature) : null;
        _predictor = model.CreatePredictor();
        if (model.Form.Prepared is { Scaler: var scaler })
        {
            _prepared = new(scaler);
            _preparedBlock = _ahead is null ? null : new Matrix<float>(_ahead.MostRows, scaler.Outputs);
        }

        Scores = new float[model.Form.Top.Outputs];
    }

    /// <summary>The network's result for the current row; NaN where a feature is missing that may not be.</summary>
    protected float[] Scores { get; }

    /// <summary>The getter of one of our columns: a <see cref="ValueGetter{TValue}"/> of the column's type.</summary>
    public abstract Delegate Getter(string column);

    /// <summary>Brings <see cref="Scores"/> up to the row.</summary>
    protected void Update()
    {
        if (_position == _row.Position)
        {
            return;
        }

        _position = _row.Position;
        if (_ahead is not null)
        {
            ReadBlock(_ahead);
            return;
        }

        _getFeatures!(ref _features);
        FeatureRow.Check(in _features, _feature, _position);
        var values = _features.GetValues();
        if (_prepared is not null)
        {
            _prepared.Set(in _features);
            if (_prepared.IsDense)
            {
                _predictor.PredictRow(_prepared.Values, Scores);
            }
            else
            {
                _predictor.PredictRow(_prepared.Indices, _prepared.Values, Scores);
            }
        }
        else if (TensorPrimitives.IsNaNAny(values))
        {
            Scores.AsSpan().Fill(float.NaN);
        }
        else if (_features.IsDense)
        {
            _predictor.PredictRow(values, Scores);
        }
        else
        {
            _predictor.PredictRow(_features.GetIndices(), values, Scores);
        }
    }

    protected static ArgumentOutOfRangeException Unknown(string column) => new(nameof(column), column, "The network gives no such column.");

    /// <summary>Scores a block when its first row is asked for, then hands the rows out.</summary>
    private void ReadBlock(ReadAheadCursor ahead)
    {
        if (_block != ahead.Block)
        {
            _block = ahead.Block;
            var features = ahead.Features;
            if (_blockScores?.Rows != features.Rows)
            {
                _blockScores = new Matrix<float>(features.Rows, Scores.Length);
            }

            _predictor.Predict(Prepared(features), _blockScores);
        }

        if (_prepared is null && ahead.IsMissing(ahead.Index))
        {
            Scores.AsSpan().Fill(float.NaN);
        }
        else
        {
            _blockScores!.Row(ahead.Index).CopyTo(Scores);
        }
    }

    private Matrix<float> Prepared(Matrix<float> block)
    {
        if (_prepared is null)
        {
            return block;
        }

        for (int row = 0; row < block.Rows; row++)
        {
            _prepared.Scaler.Transform(block.Row(row), _preparedBlock!.Row(row));
        }

        return _preparedBlock!.Slice(0, block.Rows);
    }
}
