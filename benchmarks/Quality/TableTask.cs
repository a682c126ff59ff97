namespace EE569.Benchmarks.Quality;

/// <summary>What a table asks for, and with it the error that is measured.</summary>
internal enum TableTask
{
    /// <summary>Two classes: 1 - AUC.</summary>
    Binary,

    /// <summary>More classes: log-loss in nats.</summary>
    Multiclass,

    /// <summary>A number: root mean squared error.</summary>
    Regression,
}
