using MathNet.Numerics.Distributions;
using StatisticsOf = MathNet.Numerics.Statistics.Statistics;

namespace EE569.Experiments.Statistics;

/// <summary>Mean and sample standard deviation of repeated measurements.</summary>
internal readonly record struct Sample(int Count, double Mean, double Deviation)
{
    /// <summary>Student's 95 % interval of the mean; at least two values.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            double half = StudentT.InvCDF(0, 1, Count - 1, 0.975) * Deviation / Math.Sqrt(Count);
            return (Mean - half, Mean + half);
        }
    }

    /// <summary>Summarises the values; one value has deviation 0.</summary>
    public static Sample Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return all.Length == 0
            ? throw new ArgumentException("There is nothing to summarise.", nameof(values))
            : new Sample(all.Length, StatisticsOf.Mean(all), all.Length == 1 ? 0 : StatisticsOf.StandardDeviation(all));
    }
}
