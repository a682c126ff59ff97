using EE569.Engine.Training;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Support;

/// <summary>One of the five trainers without its type parameters.</summary>
internal interface ITrainer
{
    IEstimator<ITransformer> Estimator { get; }

    Microsoft.ML.TrainerInfo Info { get; }

    History? LastHistory { get; }

    StopReason? LastStopReason { get; }

    ITransformer Fit(IDataView train, IDataView? validation = null, ITransformer? previous = null);

    LearningRateSweep FindLearningRate(IDataView train, LearningRateFinder<float> finder);

    Func<IDataView, ITransformer> StartPartialFit();
}
