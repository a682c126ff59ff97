namespace EE569.Experiments.Studies;

/// <summary>All studies, in the order of the report.</summary>
internal static class StudyCatalog
{
    public static readonly IReadOnlyList<IStudy> All =
    [
        new LinearNodeStudy(),
        new LinearEqualsPairStudy(),
        new LogisticRegressionStudy(),
        new BatchSizeAStudy(),
        new BatchSizeBStudy(),
        new BatchSizeCStudy(),
        new MlpGridStudy(),
        new MlpTrainingStudy(),
        new GradientCheckStudy(),
        new SoftmaxRegressionStudy(),
        new QuestionsStudy(),
        new CompareStudy(),
    ];

    /// <summary>The named studies in the order given, or all.</summary>
    public static IReadOnlyList<IStudy> Select(IReadOnlyList<string> ids) => ids.Count == 0 ? All : [.. ids.Distinct().Select(Find)];

    private static IStudy Find(string id) => All.FirstOrDefault(study => study.Id == id)
        ?? throw new UserException($"There is no study '{id}'. The studies are {string.Join(", ", All.Select(study => study.Id))}.");
}
