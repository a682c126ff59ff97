namespace EE569.Trainers;

/// <summary>The unit in which a network learns a number: mean 0 and deviation 1 over the training rows; and the range that its predictions stay in.</summary>
/// <param name="Mean">What is subtracted.</param>
/// <param name="Scale">What the rest is divided by: the deviation, or 1 for a constant.</param>
/// <param name="Low">The least label that training saw.</param>
/// <param name="High">The largest.</param>
internal sealed record LabelUnit(double Mean, double Scale, double Low, double High)
{
    /// <summary>The unit of some labels.</summary>
    public static LabelUnit Of(Moments label) => new((float)label.Mean, (float)label.Deviation is > 0 and var deviation ? deviation : 1, label.Range.Low, label.Range.High);

    /// <summary>A number to predict as the network learns it.</summary>
    public double Standardise(double label) => (label - Mean) / Scale;

    /// <summary>The same unit, with a range that holds more labels.</summary>
    public LabelUnit Widened(Moments label) => this with { Low = Math.Min(Low, label.Range.Low), High = Math.Max(High, label.Range.High) };

    /// <summary>A network of standardised labels as one of labels: its place in the range, clipped; back in standard units; and in those of the label.</summary>
    public NetworkForm Apply(NetworkForm form)
    {
        float range = (float)Standardise(High) - (float)Standardise(Low);
        float start = range > 0 ? -(float)Standardise(Low) / range : 0;
        var place = form.Top.WithOutputScaling(range > 0 ? 1 / range : 1, start);
        return new(
            new Stage.Scale(new Stage.Dense(form.Hidden, place, StageFunction.Clip), [start], [range]),
            new DenseLayer(1, 1, [(float)Scale], [(float)Mean], Activation.Identity));
    }

    /// <summary>What <see cref="Apply"/> made of a network, taken apart.</summary>
    /// <returns>The unit and the last layer of the network of standardised labels; null where the network is none of these.</returns>
    public static (LabelUnit Unit, Stage Hidden, DenseLayer Top)? ReadFrom(NetworkForm form)
    {
        // A file has the range of 0 of a constant as a part of the last weight.
        var (start, range, clipped) = form.Hidden is Stage.Scale { Offsets: [var offset], Factors: [var factor] } scale ? (offset, factor, scale.Inputs[0]) : (0, 0, form.Hidden);
        if (clipped is not Stage.Dense { Layer: var place } dense || dense.Function != StageFunction.Clip)
        {
            return null;
        }

        double mean = form.Top.Biases.Span[0], unit = form.Top.Weights.Span[0] is not 0 and var weight ? weight : 1, low = mean - ((double)start * range * unit);
        return (new(mean, unit, low, low + (range * unit)), clipped.Inputs[0], place.WithOutputScaling(range > 0 ? range : 1, -(double)start * range));
    }
}
