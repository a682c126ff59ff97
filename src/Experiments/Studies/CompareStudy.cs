namespace EE569.Experiments.Studies;

/// <summary>Our trainers against ML.NET's own on every shipped data set.</summary>
/// <param name="dataSets">The data sets' names, where not all are meant.</param>
internal sealed class CompareStudy(IReadOnlyList<string>? dataSets = null) : IStudy
{
    private static readonly IReadOnlyList<string> DataSets = ["iris", "wine", "breast_cancer", "digits", "gaussians", "circles"];

    public string Id => "compare";

    public string Title => "Our trainers beside ML.NET's own";

    public string Question => "On every data set in data/: are the trainers of this project as accurate as ML.NET's built-in learners, and how do their times compare?";

    public StudyResult Run(StudyContext context)
    {
        int folds = context.Choose(quick: 5, full: 10), predictions = context.Choose(quick: 500, full: CrossValidation.WantedPredictions);
        (LabeledTable Table, Learner Learner)[] grid = DataSetComparison.Grid(Load(dataSets ?? DataSets));
        IReadOnlyList<LearnerScores> scores = context.RunCells(
            grid,
            cell => $"{cell.Table.Name}-{cell.Learner.Name}-{folds}",
            cell => CrossValidation.Run(cell.Table, cell.Learner, folds, context.Options.Seed, context.Cancellation, predictions),
            timed: true);
        IReadOnlyList<DataSetComparison> comparisons = DataSetComparison.Of(grid, scores);
        return new StudyResult
        {
            Setting = FormattableString.Invariant($"{folds}-fold stratified cross-validation, repeated until there are {predictions:N0} predictions (up to ten times), the same folds for all; features centred and scaled to variance 1; one thread each; all learners with their default options."),
            Tables = [.. comparisons.Select(ComparisonTables.Metrics), ComparisonTables.McNemar(comparisons)],
            Figures = [.. ComparisonFigures.All(comparisons)],
            Claims = [.. from comparison in comparisons from ours in comparison.Ours select AccuracyClaim(comparison, ours), TimeClaim(comparisons)],
        };
    }

    /// <summary>The shipped data sets.</summary>
    public static IReadOnlyList<LabeledTable> LoadAll() => Load(DataSets);

    private static IReadOnlyList<LabeledTable> Load(IEnumerable<string> names) =>
        [.. names.Select(name => LabeledTable.Load(LabeledCsv.ShippedPath($"{name}.csv"), new TableOptions("Label") { IsRegression = false }))];

    private static Claim AccuracyClaim(DataSetComparison comparison, LearnerScores ours)
    {
        Statistics.CrossValidatedMean here = DataSetComparison.AccuracyOf(ours), sdca = DataSetComparison.AccuracyOf(comparison.Sdca);
        return new Claim(
            $"On {comparison.Name} {ours.Learner} is within one standard error of SDCA, or above",
            FormattableString.Invariant($"{comparison.Sdca.Learner} {sdca.Mean:P2} ± {sdca.StandardError:P2}"),
            FormattableString.Invariant($"{ours.Learner} {here.Mean:P2} ± {here.StandardError:P2}"),
            comparison.IsAtLeastSdca(ours));
    }

    private static Claim TimeClaim(IReadOnlyList<DataSetComparison> comparisons)
    {
        double Ratio(DataSetComparison comparison) => comparison.Sdca.TrainSeconds.Average() / comparison.OurLinear.TrainSeconds.Average();
        return new Claim(
            "Our linear learner trains faster than SDCA",
            "faster",
            string.Join(", ", comparisons.Select(comparison => FormattableString.Invariant($"{comparison.Name} {Ratio(comparison):F1}x"))),
            comparisons.All(comparison => Ratio(comparison) > 1))
        { IsTiming = true };
    }
}
