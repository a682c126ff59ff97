namespace EE569.Trainers.Reading;

/// <summary>Rows that cannot be learned from, counted by the first reason found.</summary>
internal sealed class SkippedRows
{
    public long Features { get; set; }

    public long Label { get; set; }

    public long Weight { get; set; }

    public long Total => Features + Label + Weight;

    public override string ToString() => $"missing or infinite features: {Features}, missing label: {Label}, missing or negative weight: {Weight}";
}
