using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace EE569.Experiments.Statistics;

/// <summary>McNemar's test of two classifiers on the same examples: only the examples where exactly one is right count.</summary>
/// <remarks>Q. McNemar, Psychometrika 12 (1947); the exact two-sided form is the binomial test with p = 1/2.</remarks>
internal sealed record McNemarTest(int FirstOnlyRight, int SecondOnlyRight)
{
    /// <summary>Counts the examples that only the first, or only the second, classified rightly.</summary>
    public static McNemarTest From(IReadOnlyList<bool> firstRight, IReadOnlyList<bool> secondRight)
    {
        if (firstRight.Count != secondRight.Count)
        {
            throw new ArgumentException($"The classifiers answered {firstRight.Count} and {secondRight.Count} examples; they must be the same examples.");
        }

        int first = 0, second = 0;
        for (int i = 0; i < firstRight.Count; i++)
        {
            if (firstRight[i] && !secondRight[i])
            {
                first++;
            }
            else if (!firstRight[i] && secondRight[i])
            {
                second++;
            }
        }

        return new McNemarTest(first, second);
    }

    /// <summary>Examples on which the two differ.</summary>
    public int Discordant => FirstOnlyRight + SecondOnlyRight;

    /// <summary>Two-sided p-value from the binomial distribution; 1 when the classifiers never differ.</summary>
    public double ExactP => Discordant == 0
        ? 1
        : Math.Min(1, 2 * Binomial.CDF(0.5, Discordant, Math.Min(FirstOnlyRight, SecondOnlyRight)));

    /// <summary>The chi-squared statistic with Edwards' continuity correction; 0 when the classifiers never differ.</summary>
    public double ChiSquared
    {
        get
        {
            double excess = Math.Max(0, Math.Abs(FirstOnlyRight - SecondOnlyRight) - 1);
            return Discordant == 0 ? 0 : excess * excess / Discordant;
        }
    }

    /// <summary>p-value of <see cref="ChiSquared"/> with one degree of freedom: its upper tail, erfc(√(χ²/2)), which keeps its digits where 1 - CDF is all rounding.</summary>
    public double ChiSquaredP => SpecialFunctions.Erfc(Math.Sqrt(ChiSquared / 2));
}
