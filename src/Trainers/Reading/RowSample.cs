namespace EE569.Trainers.Reading;

/// <summary>Some of the rows of a stream, each as likely as any other (reservoir sampling, Vitter's algorithm R).</summary>
/// <param name="seed">Decides which.</param>
internal sealed class RowSample(ulong seed)
{
    private readonly List<(int[] Indices, float[] Values)> _rows = [];
    private SplitMix64 _random = SplitMix64.Derive(seed, 1);
    private long _seen;

    public void Add(StreamedRow<float> row)
    {
        _seen++;
        if (_rows.Count < FeatureScaler.MostSampleRows)
        {
            _rows.Add(([.. row.Indices], [.. row.Values]));
        }
        else if (_random.NextDouble() * _seen is < FeatureScaler.MostSampleRows and var place)
        {
            _rows[(int)place] = ([.. row.Indices], [.. row.Values]);
        }
    }

    /// <summary>The rows of a stream that is dense.</summary>
    public Matrix<float> ToDense() => Matrix<float>.FromRows([.. _rows.Select(row => row.Values)]);

    /// <summary>The rows of a stream that is sparse.</summary>
    public CsrMatrix<float> ToSparse(int width)
    {
        var sparse = new CsrMatrixBuilder<float>(width);
        _rows.ForEach(row => sparse.Append(row.Indices, row.Values));
        return sparse.Build();
    }
}
