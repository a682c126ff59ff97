using System.Collections.Immutable;
using EE569.Trainers.Data;
using EE569.Trainers.Scoring;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace EE569.Trainers.Onnx;

/// <summary>What is exported of a model: the layers of its last predictor, and the normalisers before it.</summary>
internal sealed record OnnxSource(IReadOnlyList<DenseLayer> Layers, LearningTask Task, string Feature)
{
    /// <exception cref="ArgumentException">The model does not end in a predictor of this library.</exception>
    public static OnnxSource Of(ITransformer model, bool includeNormalizer)
    {
        var parts = Flatten(model).ToList();
        for (int i = parts.Count - 1; i >= 0; i--)
        {
            if (Predictor(parts[i]) is { } source)
            {
                return includeNormalizer ? parts.Take(i).Reverse().OfType<NormalizingTransformer>().Aggregate(source, (all, normalizer) => all.Fold(normalizer)) : source;
            }
        }

        throw new ArgumentException("The model holds no predictor that EE569.Trainers made.", nameof(model));
    }

    /// <summary>The parts of nested chains in order; a network's own chain stays whole.</summary>
    private static IEnumerable<ITransformer> Flatten(ITransformer model) =>
        model is IEnumerable<ITransformer> parts && Predictor(model) is null ? parts.SelectMany(Flatten) : [model];

    private static OnnxSource? Predictor(ITransformer model) => model switch
    {
        ISingleFeaturePredictionTransformer<NetworkModelParameters> { Model: var network } own => new(network.Layers, TaskOf(network), own.FeatureColumnName),
        ISingleFeaturePredictionTransformer<object> built when LayersOf(built.Model) is { } layers && TaskOf(built.Model) is { } task => new([layers], task, built.FeatureColumnName),
        IEnumerable<ITransformer> => BuiltInChain.ReadOwn(model) is { } loaded && TaskOf(loaded.Top) is { } task ? new(loaded.Layers, task, loaded.Feature) : null,
        _ => null,
    };

    private static LearningTask TaskOf(NetworkModelParameters network) => network switch
    {
        SoftmaxMlpModelParameters => LearningTask.Multiclass,
        LogisticMlpModelParameters => LearningTask.Binary,
        _ => LearningTask.Regression,
    };

    private static LearningTask? TaskOf(object model) => model switch
    {
        MaximumEntropyModelParameters => LearningTask.Multiclass,
        CalibratedModelParametersBase { SubModel: LinearBinaryModelParameters, Calibrator: PlattCalibrator { Slope: -1, Offset: 0 } } => LearningTask.Binary,
        LinearRegressionModelParameters => LearningTask.Regression,
        _ => null,
    };

    private static DenseLayer? LayersOf(object model) => model switch
    {
        MaximumEntropyModelParameters softmax => BuiltInModels.LayerOf(softmax),
        CalibratedModelParametersBase { SubModel: LinearBinaryModelParameters linear } => BuiltInModels.LayerOf(linear),
        LinearRegressionModelParameters linear => BuiltInModels.LayerOf(linear),
        _ => null,
    };

    /// <summary>A normaliser in place of the feature column goes into the first layer; one of other columns is not part of the export.</summary>
    private OnnxSource Fold(NormalizingTransformer normalizer)
    {
        if (!Normalizes(normalizer))
        {
            return this;
        }

        if (normalizer.GetNormalizerModelParameters(0) is not NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>> affine)
        {
            throw new InvalidOperationException(
                $"The normalizer of '{Feature}' is not a scale and an offset, so it cannot become part of the network: export with includeNormalizer: false.");
        }

        float[] offset = affine.Offset.IsDefaultOrEmpty ? new float[Layers[0].Inputs] : [.. affine.Offset];
        return this with { Layers = [Layers[0].WithInputScaling([.. affine.Scale], offset), .. Layers.Skip(1)] };
    }

    /// <summary>Whether a view with the feature column alone is enough for the normaliser.</summary>
    private bool Normalizes(NormalizingTransformer normalizer)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(Feature, new VectorDataViewType(NumberDataViewType.Single, Layers[0].Inputs));
        try
        {
            return normalizer.GetOutputSchema(builder.ToSchema())[Feature].Index > 0;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }
}
