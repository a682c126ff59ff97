using Microsoft.ML.Calibrators;

namespace EE569.Trainers;

/// <summary>Scores data with a network fitted by <see cref="LogisticMlpTrainer"/>, <see cref="TabMBinaryTrainer"/> or <see cref="RealMlpBinaryTrainer"/>: adds PredictedLabel, Score and Probability.</summary>
public sealed class LogisticMlpTransformer : NetworkTransformer<LogisticMlpModelParameters>
{
    internal LogisticMlpTransformer(LogisticMlpModelParameters model, string feature, ITransformer builtIn, TrainingReport? report)
        : base(LearningTask.Binary, model, feature, builtIn, report)
    {
    }

    /// <summary>
    /// The network in a model read with <see cref="ModelOperationsCatalog.Load(string, out DataViewSchema)"/>: to continue its training, export it
    /// or measure its features. The last one in the model, if it holds several.
    /// </summary>
    /// <param name="model">The loaded model, or the part of it that was the network.</param>
    /// <returns>A transformer with the same predictions.</returns>
    /// <exception cref="ArgumentException">The model holds no such network.</exception>
    public static LogisticMlpTransformer FromLoaded(ITransformer model)
    {
        var network = LoadedNetwork.Find<CalibratedModelParametersBase>(model, nameof(LogisticMlpTrainer));
        return new LogisticMlpTransformer(new LogisticMlpModelParameters(network.Form), network.Feature, network.Chain, report: null);
    }
}
