namespace Microsoft.ML.Trainers;

/// <summary>How well a model fits its training data. The subset computes no such statistics: the constructors of models get null for them.</summary>
public abstract class ModelStatisticsBase
{
    private protected ModelStatisticsBase()
    {
    }
}
