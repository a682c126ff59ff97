using EE569.Experiments.Comparison;
using EE569.Experiments.Data;
using EE569.Experiments.Data.Csv;
using EE569.Experiments.Results;

namespace EE569.Experiments.Studies;

/// <summary>Our trainers against ML.NET's own on every shipped data set.</summary>
internal sealed class CompareStudy : IStudy
{
    public static readonly IReadOnlyList<string> DataSets = ["iris", "wine", "breast_cancer", "digits", "gaussians", "circles"];

    public string Id => "compare";

    public string Title => "Our trainers beside ML.NET's own";

    public string Question => "On every data set in data/: are the trainers of this project as accurate as ML.NET's built-in learners, and how do their times compare?";

    public StudyResult Run(StudyContext context)
    {
        int folds = context.Choose(quick: 5, full: 10);
        IReadOnlyList<DataSetComparison> comparisons = Compare(
            [.. DataSets.Select(name => LabeledTable.Load(LabeledCsv.ShippedPath($"{name}.csv"), TableOptions.AllNumeric("Label")))], folds, context);
        return new StudyResult
        {
            Setting = $"{folds}-fold cross-validation, repeated where rows are few (up to ten times), the same folds for all; features normalised to mean 0 and variance 1; ML.NET's learners with their default options, ours with one rule for all data sets ({Learners.OurSettings}), made with results on these same data sets at hand.",
            Tables = [.. comparisons.Select(ComparisonTables.Metrics), ComparisonTables.McNemar(comparisons)],
            Figures = [.. ComparisonFigures.All(comparisons)],
            Claims = [.. from comparison in comparisons from ours in comparison.Ours select AccuracyClaim(comparison, ours), TimeClaim(comparisons)],
        };
    }

    /// <summary>Runs all learners on all tables, a cell for each pair.</summary>
    public static IReadOnlyList<DataSetComparison> Compare(IReadOnlyList<LabeledTable> tables, int folds, StudyContext context)
    {
        (LabeledTable Table, Learner Learner)[] grid = [.. from table in tables from learner in Learners.For(table.IsBinary) select (table, learner)];
        IReadOnlyList<LearnerScores> scores = context.RunCells(
            grid,
            cell => $"{cell.Table.Name}-{cell.Learner.Name}-{folds}",
            cell => CrossValidation.Run(cell.Table, cell.Learner, folds, context.Options.Seed, context.Cancellation),
            timed: true);
        return [.. tables.Select(table => DataSetComparison.Of(table, [.. grid.Zip(scores).Where(pair => pair.First.Table == table).Select(pair => pair.Second)]))];
    }

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
