using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace EE569.Trainers.Data;

/// <summary>The largest feature seen, to tell the user when the features should be scaled.</summary>
internal sealed class FeatureScale
{
    /// <summary>
    /// Standardised features rarely exceed 10; a step that suits them overshoots by the square of the scale on features beyond this.
    /// </summary>
    public const float Limit = 50;

    public float Largest { get; private set; }

    public int Slot { get; private set; }

    public void Add(in VBuffer<float> features)
    {
        var values = features.GetValues();
        if (!values.IsEmpty && MathF.Abs(TensorPrimitives.MaxMagnitude(values)) > Largest)
        {
            int at = TensorPrimitives.IndexOfMaxMagnitude(values);
            Largest = MathF.Abs(values[at]);
            Slot = features.IsDense ? at : features.GetIndices()[at];
        }
    }
}
