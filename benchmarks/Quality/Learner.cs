using Microsoft.ML;

namespace EE569.Benchmarks.Quality;

/// <summary>A learner, with the trainer it takes for each task; null where it has none.</summary>
/// <param name="Name">In results and on the page.</param>
/// <param name="Preparation">How numbers reach it.</param>
/// <param name="Binary">Fits two classes.</param>
/// <param name="Multiclass">Fits more classes.</param>
/// <param name="Regression">Fits numbers.</param>
internal sealed record Learner(
    string Name, Preparation Preparation, Func<FitRequest, ITransformer>? Binary, Func<FitRequest, ITransformer>? Multiclass, Func<FitRequest, ITransformer>? Regression)
{
    /// <summary>Whether it gets rows that choose when to stop.</summary>
    public bool NeedsValidation { get; init; }

    /// <summary>Whether numbers to predict are given with mean 0 and deviation 1.</summary>
    public bool StandardizesLabel { get; init; }

    /// <summary>Whether it is one of the trials by which defaults were chosen: measured only where --learners names it.</summary>
    public bool IsTrial { get; init; }

    public Func<FitRequest, ITransformer>? For(TableTask task) => task switch
    {
        TableTask.Binary => Binary,
        TableTask.Multiclass => Multiclass,
        _ => Regression,
    };
}
