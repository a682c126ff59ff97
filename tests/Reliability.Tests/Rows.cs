using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Reliability.Tests;

/// <summary>A small view for the trainers: 60 rows, three features, two classes that overlap.</summary>
internal static class Rows
{
    public static IDataView Binary(MLContext ml)
    {
        var random = new Random(1);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Row
        {
            Label = i % 2 == 0,
            Features = [(float)random.NextDouble() + (i % 2), (float)random.NextDouble(), (float)random.NextDouble()],
        }).ToArray());
    }

    private sealed class Row
    {
        public bool Label { get; set; }

        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
