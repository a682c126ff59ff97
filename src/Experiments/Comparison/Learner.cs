using Microsoft.ML;

namespace EE569.Experiments.Comparison;

/// <summary>A trainer that takes part in a comparison.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="IsOurs">Whether it is of this project; the others come with ML.NET.</param>
/// <param name="IsBinary">Whether it learns from the Boolean label; the others learn from the key.</param>
/// <param name="Create">Makes the trainer for the training data described.</param>
internal sealed record Learner(string Name, bool IsOurs, bool IsBinary, Func<MLContext, LearnerInput, IEstimator<ITransformer>> Create);
