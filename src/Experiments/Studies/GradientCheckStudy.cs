using EE569.Engine;
using EE569.Engine.Data;
using EE569.Engine.Nodes;
using EE569.Experiments.Charts;
using EE569.Experiments.Data;
using EE569.Experiments.Results;

namespace EE569.Experiments.Studies;

/// <summary>Analytic gradients of softmax regression against central differences.</summary>
internal sealed class GradientCheckStudy : IStudy
{
    private const double Tolerance = 1e-6, Step = 1e-5, Lambda = 0.1;

    private static readonly double[] Steps = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10];

    public string Id => "gradient-check";

    public string Title => "Softmax regression: analytic and numeric gradients";

    public string Question => "Do the gradients from back-propagation agree with central differences of the loss, and what step should the difference take?";

    public StudyResult Run(StudyContext context)
    {
        Examples digits = LabeledCsv.ReadShipped("digits.csv");
        Examples batch = new Standardizer(digits.Features).Apply(digits).Subset([.. Enumerable.Range(0, 50)]);
        IReadOnlyList<Errors> errors = context.RunCells(Steps, step => FormattableString.Invariant($"step-{step:0E+0}"), step => Check(batch, step, context.Options.Seed));
        var table = new Table("errors", new Column("step", "0E+0"), "parameter", new("relative error", "0.0E+0"));
        foreach (Errors error in errors)
        {
            table.Add(error.Step, "W", error.Weights);
            table.Add(error.Step, "b", error.Bias);
        }

        Errors chosen = errors.First(error => error.Step == Step);
        return new StudyResult
        {
            Setting = FormattableString.Invariant($"Softmax regression with L2 = {Lambda} on a batch of 50 standardised digits, double precision; relative error |a - n| / (|a| + |n|), its largest over the entries."),
            Tables = [table],
            Figures = [Draw(table, errors)],
            Claims =
            [
                new("Gradient of W at step 1E-5", "5.3E-9", FormattableString.Invariant($"{chosen.Weights:0.0E+0}"), chosen.Weights < Tolerance),
                new("Gradient of b at step 1E-5", "1.2E-9", FormattableString.Invariant($"{chosen.Bias:0.0E+0}"), chosen.Bias < Tolerance),
            ],
        };
    }

    private static Errors Check(Examples batch, double step, int seed)
    {
        Network<double> network = Networks.Softmax<double>(batch.Features.Columns, batch.Classes.Count, seed);
        network.Input.Set(batch.Features.ConvertTo<double>());
        network.Loss.Targets = new Targets<double>(batch.Labels);
        var graph = new Graph<double>(new L2Penalty<double>(network.Loss, Lambda, [.. network.Parameters.Where(parameter => parameter.IsRegularized)]));
        IReadOnlyList<GradientError> errors = graph.GradientCheck(step);
        return new Errors(
            step,
            errors.Where(error => error.Parameter.StartsWith('W')).Max(error => error.RelativeError),
            errors.Where(error => error.Parameter.StartsWith('b')).Max(error => error.RelativeError));
    }

    private static Figure Draw(Table table, IReadOnlyList<Errors> errors)
    {
        Errors best = errors.MinBy(error => Math.Max(error.Weights, error.Bias))!;
        return VegaLite.Figure(
            "error",
            "Relative error over the step of the difference",
            "Two V-shaped lines over two logarithmic axes: large steps err by curvature, tiny ones by rounding.",
            FormattableString.Invariant($"The error is least at step {best.Step:0E+0} ({best.Weights:0.0E+0} for W, {best.Bias:0.0E+0} for b): larger steps err by the curvature of the loss, smaller ones by rounding."),
            new LineChart(table, "step", "relative error") { LogX = true, LogY = true, Points = true, Color = VegaLite.Series("parameter", ["W", "b"]) }.Full(height: 260),
            table);
    }

    private sealed record Errors(double Step, double Weights, double Bias);
}
