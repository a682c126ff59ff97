using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>score = w x + b.</summary>
public abstract class LinearModelParameters : ModelParametersBase<float>
{
    private readonly float[] _weights;

    private protected LinearModelParameters(IHostEnvironment env, in VBuffer<float> weights, float bias) : base(env)
    {
        _weights = new float[weights.Length];
        weights.CopyTo(_weights);
        if (!TensorPrimitives.IsFiniteAll<float>(_weights))
            throw new ArgumentOutOfRangeException(nameof(weights), "Cannot initialize linear predictor with non-finite weights");
        if (!float.IsFinite(bias))
            throw new ArgumentOutOfRangeException(nameof(bias), "Cannot initialize linear predictor with a non-finite bias");
        Bias = bias;
        Weights = Array.AsReadOnly(_weights);
    }

    public IReadOnlyList<float> Weights { get; }

    public float Bias { get; protected set; }

    private protected override int FeatureCount => _weights.Length;

    private protected override void Score(in VBuffer<float> features, ref float score) => score = Dot(features, _weights) + Bias;

    internal static float Dot(in VBuffer<float> features, ReadOnlySpan<float> weights)
    {
        ReadOnlySpan<float> values = features.GetValues();
        if (features.IsDense)
            return TensorPrimitives.Dot(values, weights);
        ReadOnlySpan<int> indices = features.GetIndices();
        float sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += values[i] * weights[indices[i]];
        return sum;
    }

    private protected sealed override void Save(ModelSaveContext ctx)
    {
        ctx.SetSignature(this);
        ctx.Writer.Write(Bias);
        ValueFormat.WriteVector(ctx.Writer, new VBuffer<float>(_weights.Length, _weights));
    }

    private protected static (VBuffer<float> Weights, float Bias) LoadLinear(ModelLoadContext ctx)
    {
        float bias = ctx.Reader.ReadSingle();
        return (ValueFormat.ReadVector<float>(ctx.Reader), bias);
    }
}
