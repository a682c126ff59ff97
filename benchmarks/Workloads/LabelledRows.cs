namespace EE569.Benchmarks.Workloads;

/// <summary>Examples: features row by row, and the class of each row, or the number to predict.</summary>
internal sealed record LabelledRows(int Rows, int Features, float[] Values, int[] Labels, float[]? Numbers = null)
{
    /// <summary>The features of a row.</summary>
    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Features, Features);
}
