using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Maximum entropy (softmax regression) by stochastic dual coordinate ascent.</summary>
public sealed class SdcaMaximumEntropyMulticlassTrainer : SdcaTrainerBase<
    SdcaMaximumEntropyMulticlassTrainer.Options, MulticlassPredictionTransformer<MaximumEntropyModelParameters>, MaximumEntropyModelParameters>
{
    public sealed class Options : OptionsBase;

    internal SdcaMaximumEntropyMulticlassTrainer(IHostEnvironment env, Options options) : base(env, LearningTask.Multiclass, options)
    {
    }

    private protected override MulticlassPredictionTransformer<MaximumEntropyModelParameters> Train(IDataView data, IChannel channel)
    {
        int classes = data.Schema[LabelColumn.Name].Type.KeyCount();
        TrainingRows rows = ReadRows(data, channel);
        (float[][] weights, float[] biases) = new SdcaSoftmaxSolver(rows, classes, Settings(rows.Count, channel)).Solve(Host.CheckAlive);
        float[] all = [.. biases, .. weights.SelectMany(w => w)];
        return new(Host, new(Host, new(all.Length, all), classes, rows.FeatureCount, null), data.Schema, FeatureColumn.Name, LabelColumn.Name);
    }
}
