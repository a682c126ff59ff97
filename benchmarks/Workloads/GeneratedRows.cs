using EE569.Engine;
using EE569.Engine.Data;

namespace EE569.Benchmarks.Workloads;

/// <summary>Rows made up as they are read, as many as a workload has: a stream of any length in no memory.</summary>
internal sealed class GeneratedRows(NetworkWorkload workload) : IRowReader<float>
{
    private readonly float[] _features = new float[workload.Features];
    private SplitMix64 _random = new(1);
    private int _read;

    public bool Read(StreamedRow<float> row)
    {
        if (_read == workload.Rows)
        {
            return false;
        }

        _read++;
        row.Label = _random.NextInt32(workload.Classes);
        foreach (ref float feature in _features.AsSpan())
        {
            feature = (float)_random.NextDouble();
        }

        row.SetFeatures(_features);
        return true;
    }

    public void Dispose()
    {
    }
}
