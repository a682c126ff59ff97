namespace EE569.Benchmarks.Workloads;

/// <summary>Examples: features row by row, and the class of each row.</summary>
internal sealed record LabelledRows(int Rows, int Features, float[] Values, int[] Labels);
