using System.Numerics;
using System.Numerics.Tensors;

namespace EE569.Trainers;

/// <summary>
/// Brings raw features to unit scale: minus an offset, times a factor (<see cref="RobustScale"/> finds both), then x / sqrt(1 + (x / 3)²). A missing one becomes 0, and a column in
/// which some were missing has an indicator behind all others. In single precision, as the file of a model holds it: what is read back is the same to the bit.
/// </summary>
internal sealed class FeatureScaler
{
    /// <summary>Rows that medians and quartiles are found from: they are exact to a hundredth of a deviation.</summary>
    public const int MostSampleRows = 20_000;

    /// <summary>Weights of the saved layer that chooses the columns with an indicator, at most; beyond, a missing value is 0 and no more.</summary>
    private const long MostChosen = 1 << 22;

    private readonly float[] _offsets, _factors, _ofZero;
    private readonly int[] _indicators;
    private readonly int[] _always;
    private Stage? _stage;

    private FeatureScaler(float[] offsets, float[] factors, int[] indicators)
    {
        (_offsets, _factors) = (offsets, factors);
        _indicators = (long)indicators.Length * offsets.Length > MostChosen ? [] : indicators;
        _ofZero = [.. offsets.Zip(factors, (offset, factor) => (0 - offset) * factor)];
        _always = [.. Enumerable.Range(0, offsets.Length).Where(column => _ofZero[column] != 0)];
    }

    /// <summary>Raw features.</summary>
    public int Inputs => _offsets.Length;

    /// <summary>Prepared features: as many, and the indicators.</summary>
    public int Outputs => Inputs + _indicators.Length;

    /// <summary>Whether a row of few non-zeros stays one: whether most columns leave 0 what it is.</summary>
    public bool KeepsSparse => _always.Length < Inputs / 4;

    /// <summary>Values that a sparse row may grow by.</summary>
    public int MostAdded => _always.Length + _indicators.Length;

    /// <summary>What was learnt from training rows, or a sample of them.</summary>
    public static FeatureScaler Of(RobustScale scale) =>
        new([.. scale.Medians.Select(median => (float)median)], [.. scale.Factors.Select(factor => (float)factor)], [.. scale.IndicatorColumns]);

    /// <summary>Prepares rows.</summary>
    public Matrix<float> Transform(Matrix<float> rows)
    {
        var prepared = new Matrix<float>(rows.Rows, Outputs);
        for (int row = 0; row < rows.Rows; row++)
        {
            Transform(rows.Row(row), prepared.Row(row));
        }

        return prepared;
    }

    /// <summary>Prepares a row.</summary>
    /// <param name="raw">The features.</param>
    /// <param name="prepared">Receives <see cref="Outputs"/> values; may begin with the features themselves.</param>
    public void Transform(ReadOnlySpan<float> raw, Span<float> prepared)
    {
        Span<float> scaled = prepared[..raw.Length];
        TensorPrimitives.Subtract(raw, _offsets, scaled);
        TensorPrimitives.Multiply(scaled, _factors, scaled);
        for (int i = 0; i < _indicators.Length; i++)
        {
            prepared[raw.Length + i] = float.IsNaN(scaled[_indicators[i]]) ? 1 : 0;
        }

        SmoothClip(scaled, scaled);
    }

    /// <summary>Prepares a sparse row.</summary>
    /// <param name="indices">The places of its values.</param>
    /// <param name="values">The values.</param>
    /// <param name="places">Receives the places of the prepared ones; as long as the row and <see cref="MostAdded"/>.</param>
    /// <param name="prepared">Receives these.</param>
    /// <returns>How many they are.</returns>
    public int Transform(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<int> places, Span<float> prepared)
    {
        int count = 0, always = 0;
        for (int i = 0; i <= indices.Length; i++)
        {
            int column = i < indices.Length ? indices[i] : Inputs;
            for (; always < _always.Length && _always[always] < column; always++)
            {
                (places[count], prepared[count++]) = (_always[always], _ofZero[_always[always]]);
            }

            if (column < Inputs)
            {
                always += always < _always.Length && _always[always] == column ? 1 : 0;
                (places[count], prepared[count++]) = (column, (values[i] - _offsets[column]) * _factors[column]);
            }
        }

        int features = count;
        for (int i = 0; i < features && _indicators.Length > 0; i++)
        {
            if (float.IsNaN(prepared[i]) && Array.BinarySearch(_indicators, places[i]) is >= 0 and var indicator)
            {
                (places[count], prepared[count++]) = (Inputs + indicator, 1);
            }
        }

        SmoothClip(prepared[..features], prepared);
        return count;
    }

    /// <summary>x / sqrt(1 + (x / 3)²), which lies within ±3; 0 where x is missing.</summary>
    public static void SmoothClip(ReadOnlySpan<float> x, Span<float> y)
    {
        int i = 0;
        var (limit, ninth, one) = (new Vector<float>(1e9f), new Vector<float>(9), Vector<float>.One);
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var value = new Vector<float>(x[i..]);
            value = Vector.Min(Vector.Max(Vector.ConditionalSelect(Vector.Equals(value, value), value, Vector<float>.Zero), -limit), limit);
            (value / Vector.SquareRoot(one + (value * value / ninth))).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
        {
            float value = float.IsNaN(x[i]) ? 0 : Math.Clamp(x[i], -1e9f, 1e9f);
            y[i] = value / MathF.Sqrt(1 + (value * value / 9));
        }
    }

    /// <summary>The prepared features as a stage of a network, the same for all networks.</summary>
    public Stage ToStage() => _stage ??= CreateStage();

    private Stage CreateStage()
    {
        var scaled = new Stage.Scale(new Stage.Features(Inputs), _offsets, _factors);
        var clipped = new Stage.Elementwise(scaled, StageFunction.SmoothClip);
        if (_indicators.Length == 0)
        {
            return clipped;
        }

        float[] chosen = new float[_indicators.Length * Inputs];
        for (int i = 0; i < _indicators.Length; i++)
        {
            chosen[(i * Inputs) + _indicators[i]] = 1;
        }

        var choice = new DenseLayer(Inputs, _indicators.Length, chosen, new float[_indicators.Length], Activation.Identity);
        return new Stage.Concatenation(clipped, new Stage.Dense(new Stage.Elementwise(scaled, StageFunction.Missing), choice));
    }

    /// <summary>Finds what <see cref="ToStage"/> made at the head of a network.</summary>
    /// <param name="stages">The stages in order.</param>
    /// <returns>The scaler and the stage of the prepared features; null where there is none.</returns>
    public static (FeatureScaler Scaler, Stage Stage)? ReadFrom(IReadOnlyList<Stage> stages)
    {
        if (stages.OfType<Stage.Elementwise>().FirstOrDefault(stage => stage.Function == StageFunction.SmoothClip) is not { } clipped
            || clipped.Inputs[0] is not Stage.Scale { Inputs: [Stage.Features] } scale)
        {
            return null;
        }

        var joined = stages.OfType<Stage.Concatenation>().FirstOrDefault(stage => stage.Inputs is [var first, Stage.Dense { Inputs: [Stage.Elementwise missing] }]
            && first == clipped && missing.Function == StageFunction.Missing);
        int[] indicators = joined?.Inputs[1] is Stage.Dense { Layer: var choice }
            ? [.. Enumerable.Range(0, choice.Outputs).Select(row => choice.Weights.Span.Slice(row * choice.Inputs, choice.Inputs).IndexOf(1f))]
            : [];
        return (new(scale.Offsets, scale.Factors, indicators), (Stage?)joined ?? clipped);
    }
}
