namespace EE569.Experiments.Results;

/// <summary>A table's column: its name and, for display only, a .NET number format such as P2 or G4.</summary>
internal sealed record Column(string Name, string? Format = null)
{
    public static implicit operator Column(string name) => new(name);
}
