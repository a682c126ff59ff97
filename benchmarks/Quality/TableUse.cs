namespace EE569.Benchmarks.Quality;

/// <summary>What a table serves for.</summary>
internal enum TableUse
{
    /// <summary>Defaults may be chosen by it.</summary>
    Tuning,

    /// <summary>It only reports.</summary>
    Report,
}
