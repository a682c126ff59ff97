using Microsoft.ML.Trainers;

namespace EE569.Trainers;

/// <summary>Scores data with a network fitted by <see cref="MlpRegressionTrainer"/>, <see cref="TabMRegressionTrainer"/> or <see cref="RealMlpRegressionTrainer"/>: adds Score.</summary>
public sealed class MlpRegressionTransformer : NetworkTransformer<MlpRegressionModelParameters>
{
    internal MlpRegressionTransformer(MlpRegressionModelParameters model, string feature, ITransformer builtIn, TrainingReport? report)
        : base(LearningTask.Regression, model, feature, builtIn, report)
    {
    }

    /// <summary>
    /// The network in a model read with <see cref="ModelOperationsCatalog.Load(string, out DataViewSchema)"/>: to continue its training, export it
    /// or measure its features. The last one in the model, if it holds several.
    /// </summary>
    /// <param name="model">The loaded model, or the part of it that was the network.</param>
    /// <returns>A transformer with the same predictions.</returns>
    /// <exception cref="ArgumentException">The model holds no such network.</exception>
    public static MlpRegressionTransformer FromLoaded(ITransformer model)
    {
        var network = LoadedNetwork.Find<LinearRegressionModelParameters>(model, nameof(MlpRegressionTrainer));
        return new MlpRegressionTransformer(new MlpRegressionModelParameters(network.Form), network.Feature, network.Chain, report: null);
    }
}
