using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>A linear classifier with any loss that SDCA supports.</summary>
public sealed class SdcaNonCalibratedBinaryTrainer : SdcaBinaryTrainerBase<LinearBinaryModelParameters>
{
    public sealed class Options : BinaryOptionsBase
    {
        /// <summary>Null stands for <see cref="LogLoss"/>.</summary>
        public ISupportSdcaClassificationLoss? LossFunction { get; set; }
    }

    internal SdcaNonCalibratedBinaryTrainer(IHostEnvironment env, Options options) : base(env, options, options.LossFunction ?? new LogLoss())
    {
    }

    private protected override LinearBinaryModelParameters CreateModel(LinearBinaryModelParameters linear) => linear;
}
