namespace EE569.Trainers;

/// <summary>A prepared row in memory that is used again and again.</summary>
/// <param name="scaler">What prepares it.</param>
internal sealed class PreparedRow(FeatureScaler scaler)
{
    /// <summary>What prepares it.</summary>
    public FeatureScaler Scaler => scaler;

    private int[] _indices = [];
    private float[] _values = new float[scaler.Outputs];
    private int _count;

    /// <summary>Whether all values are there, or those at <see cref="Indices"/> alone.</summary>
    public bool IsDense { get; private set; }

    /// <summary>The places of the values of a row that is not dense.</summary>
    public ReadOnlySpan<int> Indices => _indices.AsSpan(0, _count);

    /// <summary>The values.</summary>
    public ReadOnlySpan<float> Values => _values.AsSpan(0, _count);

    /// <summary>Takes a raw row.</summary>
    public void Set(in VBuffer<float> raw)
    {
        if (raw.IsDense)
        {
            Set(raw.GetValues());
        }
        else
        {
            Set(raw.GetIndices(), raw.GetValues());
        }
    }

    /// <summary>Takes a raw row.</summary>
    public void Set(ReadOnlySpan<float> raw)
    {
        (IsDense, _count) = (true, scaler.Outputs);
        scaler.Transform(raw, _values);
    }

    /// <summary>Takes a sparse raw row.</summary>
    public void Set(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        int most = indices.Length + scaler.MostAdded;
        if (_indices.Length < most)
        {
            _indices = new int[most];
            _values = new float[Math.Max(most, scaler.Outputs)];
        }

        (IsDense, _count) = (false, scaler.Transform(indices, values, _indices, _values));
    }

    /// <summary>Copies the row.</summary>
    public void CopyTo(StreamedRow<float> row)
    {
        if (IsDense)
        {
            row.SetFeatures(Values);
        }
        else
        {
            row.SetFeatures(Indices, Values);
        }
    }
}
