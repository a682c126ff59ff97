namespace EE569.Experiments.Charts;

/// <summary>The square of the plane that a figure shows.</summary>
internal readonly record struct FieldBounds(double Low, double High)
{
    /// <summary>The smallest square around the points, with a margin of 5 %.</summary>
    public static FieldBounds Around(Matrix<float> points)
    {
        float low = points.Values[0], high = points.Values[0];
        foreach (float value in points.Values)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        double margin = 0.05 * (high - low);
        return new FieldBounds(Math.Round(low - margin, 2), Math.Round(high + margin, 2));
    }

    /// <summary>Centre of the <paramref name="index"/>-th of <paramref name="count"/> equal cells.</summary>
    public double At(int index, int count) => Low + ((High - Low) * (index + 0.5) / count);
}
