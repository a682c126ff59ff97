namespace EE569.Benchmarks.Peers;

/// <summary>A library that trains the workloads.</summary>
internal interface IContender : IDisposable
{
    string Name { get; }

    /// <summary>The version, for the report.</summary>
    string Version { get; }

    /// <summary>Numbers of threads worth trying.</summary>
    IReadOnlyList<int> ThreadCounts { get; }

    bool CanTrain(PreparedWorkload workload);

    /// <summary>Trains once from the initial weights. The clock runs from the first step to the last, not while data are loaded.</summary>
    Outcome Train(PreparedWorkload workload, int threads);
}
