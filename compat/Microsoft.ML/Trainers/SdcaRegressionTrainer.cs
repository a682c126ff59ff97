using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Linear regression by stochastic dual coordinate ascent.</summary>
public sealed class SdcaRegressionTrainer
    : SdcaTrainerBase<SdcaRegressionTrainer.Options, RegressionPredictionTransformer<LinearRegressionModelParameters>, LinearRegressionModelParameters>
{
    public sealed class Options : OptionsBase
    {
        public Options()
        {
            ConvergenceTolerance = 0.01f;
            BiasLearningRate = 1;
        }

        /// <summary>Null stands for <see cref="SquaredLoss"/>.</summary>
        public ISupportSdcaRegressionLoss? LossFunction { get; set; }
    }

    internal SdcaRegressionTrainer(IHostEnvironment env, Options options) : base(env, LearningTask.Regression, options)
    {
    }

    private protected override RegressionPredictionTransformer<LinearRegressionModelParameters> Train(IDataView data, IChannel channel)
    {
        TrainingRows rows = ReadRows(data, channel);
        ISupportSdcaLoss loss = TrainerOptions.LossFunction ?? new SquaredLoss();
        (float[][] weights, float[] biases) = new SdcaScalarSolver(rows, loss, Settings(rows.Count, channel)).Solve(Host.CheckAlive);
        return new(Host, new(Host, new(rows.FeatureCount, weights[0]), biases[0]), data.Schema, FeatureColumn.Name);
    }

    // The loss has no bound on its gradient: few rows need a firmer hand.
    private protected override float TuneL2(int rows, int iterations) => rows < 200 ? 1e-2f : rows <= 10_000 ? 1e-3f : 1e-4f;
}
