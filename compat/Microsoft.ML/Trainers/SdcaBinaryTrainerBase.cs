using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Stochastic dual coordinate ascent for two classes.</summary>
public abstract class SdcaBinaryTrainerBase<TModelParameters>
    : SdcaTrainerBase<SdcaBinaryTrainerBase<TModelParameters>.BinaryOptionsBase, BinaryPredictionTransformer<TModelParameters>, TModelParameters>
    where TModelParameters : class
{
    private readonly ISupportSdcaClassificationLoss _loss;

    public class BinaryOptionsBase : OptionsBase
    {
        public float PositiveInstanceWeight = 1;
    }

    private protected SdcaBinaryTrainerBase(IHostEnvironment env, BinaryOptionsBase options, ISupportSdcaClassificationLoss loss)
        : base(env, LearningTask.Binary, options)
    {
        Require(options.PositiveInstanceWeight > 0, nameof(options.PositiveInstanceWeight), "Weight for positive instances must be positive");
        _loss = loss;
    }

    private protected override float PositiveInstanceWeight => TrainerOptions.PositiveInstanceWeight;

    private protected abstract TModelParameters CreateModel(LinearBinaryModelParameters linear);

    private protected sealed override BinaryPredictionTransformer<TModelParameters> Train(IDataView data, IChannel channel)
    {
        TrainingRows rows = ReadRows(data, channel);
        (float[][] weights, float[] biases) = new SdcaScalarSolver(rows, _loss, Settings(rows.Count, channel)).Solve(Host.CheckAlive);
        TModelParameters model = CreateModel(new(Host, new(rows.FeatureCount, weights[0]), biases[0]));
        return new(Host, model, data.Schema, FeatureColumn.Name, LabelColumn.Name);
    }
}
