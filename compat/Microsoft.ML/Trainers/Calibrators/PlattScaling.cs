namespace Microsoft.ML.Calibrators;

/// <summary>
/// Fits p = 1 / (1 + exp(a s + b)) to labels by Newton's method with backtracking. The targets are not 0 and 1 but what a uniform prior
/// leaves of them, so that separable scores do not make the curve a step (Platt, 1999; Lin, Lin and Weng, 2007).
/// </summary>
internal sealed class PlattScaling
{
    private const int MaximumIterations = 100;
    private const double SmallestStep = 1e-10;
    private const double GradientTolerance = 1e-7;
    private const double Ridge = 1e-12;

    private readonly List<(double Score, bool Label, double Weight)> _rows = [];

    public void Add(float score, bool label, float weight) => _rows.Add((score, label, weight));

    public (double Slope, double Offset) Fit()
    {
        double positive = _rows.Where(row => row.Label).Sum(row => row.Weight), negative = _rows.Where(row => !row.Label).Sum(row => row.Weight);
        double high = (positive + 1) / (positive + 2), low = 1 / (negative + 2);
        (double Score, double Target, double Weight)[] rows = [.. _rows.Select(row => (row.Score, row.Label ? high : low, row.Weight))];

        double slope = 0, offset = Math.Log((negative + 1) / (positive + 1)), loss = Loss(rows, slope, offset);
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            (double Slope, double Offset) gradient = default;
            (double Slopes, double Mixed, double Offsets) hessian = (Ridge, 0, Ridge);
            foreach ((double score, double target, double weight) in rows)
            {
                double p = 1 / (1 + Math.Exp(slope * score + offset)), error = weight * (target - p), variance = weight * p * (1 - p);
                gradient = (gradient.Slope + score * error, gradient.Offset + error);
                hessian = (hessian.Slopes + score * score * variance, hessian.Mixed + score * variance, hessian.Offsets + variance);
            }
            if (Math.Max(Math.Abs(gradient.Slope), Math.Abs(gradient.Offset)) < GradientTolerance)
                break;
            double determinant = hessian.Slopes * hessian.Offsets - hessian.Mixed * hessian.Mixed;
            double slopeStep = -(hessian.Offsets * gradient.Slope - hessian.Mixed * gradient.Offset) / determinant;
            double offsetStep = -(hessian.Slopes * gradient.Offset - hessian.Mixed * gradient.Slope) / determinant;
            double descent = gradient.Slope * slopeStep + gradient.Offset * offsetStep;
            double step = 1, next = 0;
            while (step >= SmallestStep && (next = Loss(rows, slope + step * slopeStep, offset + step * offsetStep)) >= loss + 1e-4 * step * descent)
                step /= 2;
            if (step < SmallestStep)
                break;
            (slope, offset, loss) = (slope + step * slopeStep, offset + step * offsetStep, next);
        }
        return (slope, offset);
    }

    private static double Loss((double Score, double Target, double Weight)[] rows, double slope, double offset)
    {
        double loss = 0;
        foreach ((double score, double target, double weight) in rows)
        {
            double f = slope * score + offset;
            loss += weight * (f >= 0 ? target * f + double.LogP1(Math.Exp(-f)) : (target - 1) * f + double.LogP1(Math.Exp(f)));
        }
        return loss;
    }
}
