namespace Microsoft.ML.Data;

/// <summary>What a prediction transformer asks of its model.</summary>
internal interface IFeatureScorer<TScore>
{
    int FeatureCount { get; }

    void Score(in VBuffer<float> features, ref TScore score);
}
