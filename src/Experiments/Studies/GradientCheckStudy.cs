namespace EE569.Experiments.Studies;

/// <summary>Analytic gradients of softmax regression against central differences.</summary>
internal sealed class GradientCheckStudy : IStudy
{
    private const double Tolerance = 1e-6, Step = 1e-5, Lambda = 0.1;

    private static readonly double[] Steps = [1e-1, 1e-2, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10];

    public string Id => "gradient-check";

    public string Title => "Softmax regression: analytic and numeric gradients";

    public string Question => "Do the gradients from back-propagation agree with central differences of the loss, and what step should the difference take?";

    public StudyResult Run(StudyContext context)
    {
        Examples batch = UnitRange(LabeledCsv.ReadShipped("digits.csv").Subset([.. Enumerable.Range(0, 50)]));
        IReadOnlyList<Errors> errors = context.RunCells(Steps, step => FormattableString.Invariant($"step-{step:0E+0}"), step => Check(batch, step, context.Options.Seed));
        var table = new Table("errors", new Column("step", "0E+0"), "parameter", new("relative error", "0.0E+0"), new("of the worst entry", "0.0E+0"));
        foreach (Errors error in errors)
        {
            table.Add(error.Step, "W", error.Weights.NormError, error.Weights.RelativeError);
            table.Add(error.Step, "b", error.Bias.NormError, error.Bias.RelativeError);
        }

        Errors chosen = errors.First(error => error.Step == Step);
        return new StudyResult
        {
            Setting = FormattableString.Invariant($"Softmax regression with L2 = {Lambda} on a batch of 50 digits with pixels from 0 to 1, double precision. Relative error of a gradient: ||a - n|| / (||a|| + ||n||); of an entry: |a - n| / max(1E-4, |a| + |n|)."),
            Tables = [table],
            Figures = [Draw(table, errors)],
            Claims = [Compare("W", "5.3E-9", chosen.Weights), Compare("b", "1.2E-9", chosen.Bias)],
        };
    }

    private static Claim Compare(string parameter, string source, GradientError error) => new(
        FormattableString.Invariant($"Gradient of {parameter} at step {Step:0E+0}"),
        source,
        FormattableString.Invariant($"{error.NormError:0.0E+0}, worst entry {error.RelativeError:0.0E+0}"),
        error.NormError < 1e-8 && error.RelativeError < Tolerance);

    /// <summary>The digits' pixels go from 0 to 16.</summary>
    private static Examples UnitRange(Examples digits)
    {
        System.Numerics.Tensors.TensorPrimitives.Divide(digits.Features.Values, 16, digits.Features.Values);
        return digits;
    }

    private static Errors Check(Examples batch, double step, int seed)
    {
        Network<double> network = Networks.Softmax<double>(batch.Features.Columns, batch.Classes.Count, seed);
        network.Input.Set(batch.Features.ConvertTo<double>());
        network.Loss.Targets = new Targets<double>(batch.Labels);
        var graph = new Graph<double>(new L2Penalty<double>(network.Loss, Lambda, [.. network.Parameters]));
        IReadOnlyList<GradientError> errors = graph.GradientCheck(step);
        return new Errors(step, errors.Single(error => error.Parameter.StartsWith('W')), errors.Single(error => error.Parameter.StartsWith('b')));
    }

    private static Figure Draw(Table table, IReadOnlyList<Errors> errors)
    {
        Errors best = errors.MinBy(error => error.Weights.NormError)!;
        return VegaLite.Figure(
            "error",
            "Relative error over the step of the difference",
            "Two V-shaped lines over two logarithmic axes: large steps err by curvature, tiny ones by rounding.",
            FormattableString.Invariant($"The error is least at step {best.Step:0E+0} ({best.Weights.NormError:0.0E+0} for W, {best.Bias.NormError:0.0E+0} for b): larger steps err by the curvature of the loss, smaller ones by rounding."),
            new LineChart(table, "step", "relative error") { LogX = true, LogY = true, Points = true, Color = VegaLite.Series("parameter", ["W", "b"]) }.Full(height: 260),
            table);
    }

    private sealed record Errors(double Step, GradientError Weights, GradientError Bias);
}
