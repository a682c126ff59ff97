namespace EE569.Benchmarks.Report;

/// <summary>The least-squares line through points, and the share of their variance that it explains.</summary>
internal sealed record LinearFit(double Intercept, double Slope, double RSquared)
{
    public static LinearFit Through(IReadOnlyList<(double X, double Y)> points)
    {
        double meanX = points.Average(point => point.X), meanY = points.Average(point => point.Y);
        double covariance = points.Sum(point => (point.X - meanX) * (point.Y - meanY));
        double slope = covariance / points.Sum(point => (point.X - meanX) * (point.X - meanX));
        double intercept = meanY - (slope * meanX);
        double residual = points.Sum(point => Math.Pow(point.Y - intercept - (slope * point.X), 2));
        return new LinearFit(intercept, slope, 1 - (residual / points.Sum(point => Math.Pow(point.Y - meanY, 2))));
    }

    public double At(double x) => Intercept + (Slope * x);
}
