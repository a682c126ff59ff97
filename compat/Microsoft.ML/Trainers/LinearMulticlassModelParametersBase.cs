using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>score_k = w_k x + b_k for each class k.</summary>
public abstract class LinearMulticlassModelParametersBase : ModelParametersBase<VBuffer<float>>
{
    private readonly float[] _biases;
    private readonly float[][] _weights;
    private readonly int _featureCount;
    private readonly string[]? _labelNames;

    /// <param name="env">The environment.</param>
    /// <param name="weights">The biases of all classes, then the weights class by class.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="numFeatures">Number of features.</param>
    /// <param name="labelNames">Names of the classes, or null.</param>
    private protected LinearMulticlassModelParametersBase(
        IHostEnvironment env, in VBuffer<float> weights, int numClasses, int numFeatures, string[]? labelNames)
        : base(env)
    {
        if (weights.Length != numClasses * (numFeatures + 1))
            throw new ArgumentOutOfRangeException(nameof(weights), $"{numClasses} classes of {numFeatures} features need {numClasses * (numFeatures + 1)} values, got {weights.Length}");
        if (labelNames is not null && labelNames.Length != numClasses)
            throw new ArgumentOutOfRangeException(nameof(labelNames), $"{numClasses} classes need as many names, got {labelNames.Length}");
        var all = new float[weights.Length];
        weights.CopyTo(all);
        if (!TensorPrimitives.IsFiniteAll<float>(all))
            throw new ArgumentOutOfRangeException(nameof(weights), "Cannot initialize linear predictor with non-finite weights");
        _biases = all[..numClasses];
        _weights = [.. all[numClasses..].Chunk(Math.Max(1, numFeatures))];
        _featureCount = numFeatures;
        _labelNames = labelNames;
    }

    public IEnumerable<float> GetBiases() => _biases;

    public void GetWeights(ref VBuffer<float>[]? weights, out int numClasses)
    {
        numClasses = _biases.Length;
        if (weights is null || weights.Length < numClasses)
            weights = new VBuffer<float>[numClasses];
        for (int k = 0; k < numClasses; k++)
            VBuffer<float>.Copy(_weights[k], 0, ref weights[k], _featureCount);
    }

    private protected override int FeatureCount => _featureCount;

    private protected override void Score(in VBuffer<float> features, ref VBuffer<float> score)
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref score, _biases.Length);
        for (int k = 0; k < _biases.Length; k++)
            editor.Values[k] = LinearModelParameters.Dot(features, _weights[k]) + _biases[k];
        Normalize(editor.Values);
        score = editor.Commit();
    }

    /// <summary>Turns raw scores into the scores of the model.</summary>
    private protected abstract void Normalize(Span<float> scores);

    private protected sealed override void Save(ModelSaveContext ctx)
    {
        ctx.SetSignature(this);
        ctx.Writer.Write(_biases.Length);
        ctx.Writer.Write(_featureCount);
        float[] all = [.. _biases, .. _weights.SelectMany(w => w)];
        ValueFormat.WriteVector(ctx.Writer, new VBuffer<float>(all.Length, all));
        ctx.WriteStrings(_labelNames ?? []);
    }

    private protected static (VBuffer<float> Weights, int Classes, int Features, string[]? LabelNames) LoadLinear(ModelLoadContext ctx)
    {
        int classes = ctx.ReadCount(), features = ctx.ReadCount();
        VBuffer<float> weights = ValueFormat.ReadVector<float>(ctx.Reader);
        if (weights.Length != classes * (features + 1L))
            throw ctx.Corrupt($"{classes} classes of {features} features do not have {weights.Length} weights");
        string[] names = ctx.ReadStrings();
        return (weights, classes, features, names.Length > 0 ? names : null);
    }
}
