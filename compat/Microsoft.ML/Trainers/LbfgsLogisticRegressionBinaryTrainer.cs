using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using CalibratedLinearModel = Microsoft.ML.Calibrators.CalibratedModelParametersBase<
    Microsoft.ML.Trainers.LinearBinaryModelParameters, Microsoft.ML.Calibrators.PlattCalibrator>;

namespace Microsoft.ML.Trainers;

/// <summary>Logistic regression by L-BFGS.</summary>
public sealed class LbfgsLogisticRegressionBinaryTrainer
    : LbfgsTrainerBase<LbfgsLogisticRegressionBinaryTrainer.Options, BinaryPredictionTransformer<CalibratedLinearModel>, CalibratedLinearModel>
{
    public sealed class Options : OptionsBase;

    internal LbfgsLogisticRegressionBinaryTrainer(IHostEnvironment env, Options options) : base(env, LearningTask.Binary, options)
    {
    }

    private protected override bool IsCalibrated => true;

    private protected override BinaryPredictionTransformer<CalibratedLinearModel> Train(IDataView data, IChannel channel)
    {
        TrainingRows rows = ReadRows(data, channel);
        float[] best = Minimize(new LogisticLoss(rows, TrainerOptions.L2Regularization, Threads));
        LinearBinaryModelParameters linear = new(Host, new(rows.FeatureCount, best[1..]), best[0]);
        var model = new ParameterMixingCalibratedModelParameters<LinearBinaryModelParameters, PlattCalibrator>(Host, linear, new(Host, -1, 0));
        return new(Host, model, data.Schema, FeatureColumn.Name, LabelColumn.Name);
    }
}
