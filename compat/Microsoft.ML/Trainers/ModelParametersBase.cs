using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>What a learner has learned, saved on its own inside a model file.</summary>
public abstract class ModelParametersBase<TOutput> : ICanSaveModel, IFeatureScorer<TOutput>
{
    private protected ModelParametersBase(IHostEnvironment env) => ArgumentNullException.ThrowIfNull(env);

    private protected abstract int FeatureCount { get; }

    int IFeatureScorer<TOutput>.FeatureCount => FeatureCount;

    void IFeatureScorer<TOutput>.Score(in VBuffer<float> features, ref TOutput score) => Score(features, ref score);

    void ICanSaveModel.Save(ModelSaveContext ctx) => Save(ctx);

    private protected abstract void Score(in VBuffer<float> features, ref TOutput score);

    private protected abstract void Save(ModelSaveContext ctx);
}
