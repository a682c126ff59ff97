using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Maximum entropy (softmax regression) by L-BFGS.</summary>
public sealed class LbfgsMaximumEntropyMulticlassTrainer : LbfgsTrainerBase<
    LbfgsMaximumEntropyMulticlassTrainer.Options, MulticlassPredictionTransformer<MaximumEntropyModelParameters>, MaximumEntropyModelParameters>
{
    public sealed class Options : OptionsBase;

    internal LbfgsMaximumEntropyMulticlassTrainer(IHostEnvironment env, Options options) : base(env, LearningTask.Multiclass, options)
    {
    }

    private protected override MulticlassPredictionTransformer<MaximumEntropyModelParameters> Train(IDataView data, IChannel channel)
    {
        int classes = data.Schema[LabelColumn.Name].Type.KeyCount();
        TrainingRows rows = ReadRows(data, channel);
        float[] best = Minimize(new SoftmaxLoss(rows, classes, TrainerOptions.L2Regularization, Threads));
        MaximumEntropyModelParameters model = new(Host, new(best.Length, best), classes, rows.FeatureCount, null);
        return new(Host, model, data.Schema, FeatureColumn.Name, LabelColumn.Name);
    }
}
