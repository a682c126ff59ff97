using System.Numerics.Tensors;
using EE569.Engine;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Scoring;

/// <summary>Scores the current row of an input, once per row however many columns are read. One per cursor.</summary>
internal abstract class RowScorer
{
    private readonly DataViewRow _row;
    private readonly ValueGetter<VBuffer<float>> _getFeatures;
    private readonly Predictor<float> _predictor;
    private VBuffer<float> _features;
    private long _position = -1;

    protected RowScorer(DataViewRow row, DataViewSchema.Column feature, NetworkModelParameters model)
    {
        _row = row;
        _getFeatures = row.GetGetter<VBuffer<float>>(feature);
        _predictor = model.CreatePredictor();
        Scores = new float[model.Layers[^1].Outputs];
    }

    /// <summary>The network's result for the current row; NaN where a feature is missing.</summary>
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

        _getFeatures(ref _features);
        var values = _features.GetValues();
        if (TensorPrimitives.IsNaNAny(values))
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

        _position = _row.Position;
    }

    protected static ArgumentOutOfRangeException Unknown(string column) => new(nameof(column), column, "The network gives no such column.");
}
