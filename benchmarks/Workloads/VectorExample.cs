using Microsoft.ML.Data;

namespace EE569.Benchmarks.Workloads;

/// <summary>A row of the data views that ML.NET's learners read.</summary>
internal sealed class VectorExample
{
    public bool Label { get; set; }

    /// <summary>The same class as a number, for learners of several classes.</summary>
    public uint Class { get; set; }

    public VBuffer<float> Features { get; set; }
}
