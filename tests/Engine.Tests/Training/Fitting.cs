using EE569.Engine.Data;
using EE569.Engine.Networks;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>Shortens "train this, give me the parameters".</summary>
internal static class Fitting
{
    /// <summary>Plain gradient descent over the whole data at once, in double.</summary>
    public static TrainingOptions<double> FullBatch { get; } = new() { BatchSize = int.MaxValue, NumberOfEpochs = 20, LearningRate = 0.3 };

    public static double[] Parameters(Network<double> network, DataSource<double> data, TrainingOptions<double>? options = null)
    {
        new MiniBatchTrainer<double>(options ?? FullBatch).Fit(network, data);
        return network.CopyParameters();
    }
}
