using Microsoft.ML.Calibrators;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Logistic regression by stochastic dual coordinate ascent.</summary>
public sealed class SdcaLogisticRegressionBinaryTrainer
    : SdcaBinaryTrainerBase<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>
{
    public sealed class Options : BinaryOptionsBase;

    internal SdcaLogisticRegressionBinaryTrainer(IHostEnvironment env, Options options) : base(env, options, new LogLoss())
    {
    }

    private protected override bool IsCalibrated => true;

    private protected override CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> CreateModel(LinearBinaryModelParameters linear) =>
        new ParameterMixingCalibratedModelParameters<LinearBinaryModelParameters, PlattCalibrator>(Host, linear, new(Host, -1, 0));
}
