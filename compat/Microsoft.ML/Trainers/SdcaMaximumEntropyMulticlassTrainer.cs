using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Maximum entropy (softmax regression) by stochastic dual coordinate ascent.</summary>
public sealed class SdcaMaximumEntropyMulticlassTrainer : SdcaMulticlassTrainerBase<MaximumEntropyModelParameters>
{
    public sealed class Options : MulticlassOptions;

    internal SdcaMaximumEntropyMulticlassTrainer(IHostEnvironment env, Options options) : base(env, options)
    {
    }

    private protected override MaximumEntropyModelParameters CreateModel(in VBuffer<float> biasesAndWeights, int classes, int features) =>
        new(Host, biasesAndWeights, classes, features, null);
}
