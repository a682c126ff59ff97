namespace EE569.Experiments.Results;

/// <summary>What a study found: claims held against the source, tables and figures.</summary>
internal sealed record StudyResult
{
    /// <summary>The data and settings used, in a sentence.</summary>
    public required string Setting { get; init; }

    public IReadOnlyList<Claim> Claims { get; init; } = [];

    public IReadOnlyList<Table> Tables { get; init; } = [];

    public IReadOnlyList<Figure> Figures { get; init; } = [];
}
