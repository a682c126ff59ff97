using Microsoft.ML.Trainers;

namespace EE569.Trainers;

/// <summary>Scores data with a network fitted by <see cref="SoftmaxMlpTrainer"/>, <see cref="TabMMulticlassTrainer"/> or <see cref="RealMlpMulticlassTrainer"/>: adds PredictedLabel and Score, the probability of each class.</summary>
public sealed class SoftmaxMlpTransformer : NetworkTransformer<SoftmaxMlpModelParameters>
{
    internal SoftmaxMlpTransformer(SoftmaxMlpModelParameters model, string feature, ITransformer builtIn, TrainingReport? report)
        : base(LearningTask.Multiclass, model, feature, builtIn, report)
    {
    }

    /// <summary>
    /// The network in a model read with <see cref="ModelOperationsCatalog.Load(string, out DataViewSchema)"/>: to continue its training, export it
    /// or measure its features. The last one in the model, if it holds several.
    /// </summary>
    /// <param name="model">The loaded model, or the part of it that was the network.</param>
    /// <returns>A transformer with the same predictions.</returns>
    /// <exception cref="ArgumentException">The model holds no such network.</exception>
    public static SoftmaxMlpTransformer FromLoaded(ITransformer model)
    {
        var network = LoadedNetwork.Find<MaximumEntropyModelParameters>(model, nameof(SoftmaxMlpTrainer));
        return new SoftmaxMlpTransformer(new SoftmaxMlpModelParameters(network.Form, network.Output(OutputColumns.PredictedLabel)), network.Feature, network.Chain, report: null);
    }
}
