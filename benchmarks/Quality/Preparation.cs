namespace EE569.Benchmarks.Quality;

/// <summary>How numbers reach a learner; categories are one-hot for all, a level that training did not see is all zeros.</summary>
internal enum Preparation
{
    /// <summary>As they are, NaN where missing.</summary>
    Raw,

    /// <summary>Divided by the root of the mean square, not centred (what NormalizeMeanVariance does by default); missing is the median, with an indicator.</summary>
    ScaleOnly,

    /// <summary>Mean 0, deviation 1; missing is the median, with an indicator.</summary>
    Standard,

    /// <summary>Median 0, interquartile range 1; missing is the median, with an indicator.</summary>
    Robust,

    /// <summary><see cref="Robust"/>, then x / sqrt(1 + (x/3)²), so that all lie within ±3 (Holzmüller et al. 2024).</summary>
    RobustClip,
}
