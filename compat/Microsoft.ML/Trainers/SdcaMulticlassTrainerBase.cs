using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Stochastic dual coordinate ascent for several classes.</summary>
public abstract class SdcaMulticlassTrainerBase<TModel>
    : SdcaTrainerBase<SdcaMulticlassTrainerBase<TModel>.MulticlassOptions, MulticlassPredictionTransformer<TModel>, TModel>
    where TModel : class
{
    public class MulticlassOptions : OptionsBase;

    private protected SdcaMulticlassTrainerBase(IHostEnvironment env, MulticlassOptions options) : base(env, LearningTask.Multiclass, options)
    {
    }

    private protected abstract TModel CreateModel(in VBuffer<float> biasesAndWeights, int classes, int features);

    private protected sealed override MulticlassPredictionTransformer<TModel> Train(IDataView data, IChannel channel)
    {
        int classes = data.Schema[LabelColumn.Name].Type.KeyCount();
        TrainingRows rows = ReadRows(data, channel);
        (float[][] weights, float[] biases) = new SdcaSoftmaxSolver(rows, classes, Settings(rows.Count, channel)).Solve(Host.CheckAlive);
        float[] all = [.. biases, .. weights.SelectMany(w => w)];
        TModel model = CreateModel(new(all.Length, all), classes, rows.FeatureCount);
        return new(Host, model, data.Schema, FeatureColumn.Name, LabelColumn.Name);
    }
}
