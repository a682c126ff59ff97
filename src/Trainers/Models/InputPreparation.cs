namespace EE569.Trainers;

/// <summary>What is learnt from training rows before a network: how to bring raw features, missing ones included, and a number to predict to unit scale.</summary>
/// <param name="Features">Medians, quartiles and indicators of the features.</param>
/// <param name="Label">Mean, deviation and range of the label in regression.</param>
internal sealed record InputPreparation(RobustScale Features, Moments Label)
{
    /// <summary>Rows that medians and edges are found from: their quantiles are exact to a hundredth of a deviation.</summary>
    public const int MostSampleRows = 20_000;

    /// <summary>Values per prepared row.</summary>
    public int Width => Features.Outputs;

    /// <summary>The deviation of the label; 1 for a constant.</summary>
    public double LabelScale => Label.Deviation > 0 ? Label.Deviation : 1;

    /// <summary>A number to predict as the network learns it.</summary>
    public double Standardise(double label) => (label - Label.Mean) / LabelScale;

    /// <summary>Writes a prepared row.</summary>
    /// <param name="features">The raw row.</param>
    /// <param name="buffer">Room for a raw and a prepared row.</param>
    /// <param name="row">Receives the prepared one.</param>
    public void Set(in VBuffer<float> features, float[] buffer, StreamedRow<float> row)
    {
        Span<float> raw = buffer.AsSpan(0, buffer.Length - Width), prepared = buffer.AsSpan(raw.Length);
        features.CopyTo(raw);
        Features.Transform<float>(raw, prepared);
        row.SetFeatures(prepared);
    }
}
