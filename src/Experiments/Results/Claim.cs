namespace EE569.Experiments.Results;

/// <summary>One thing the source observed, held against what was measured here.</summary>
/// <param name="Statement">The observation, in a sentence.</param>
/// <param name="Source">The source's figure.</param>
/// <param name="Here">The figure measured in this run.</param>
/// <param name="Holds">Whether the observation holds in this run.</param>
internal sealed record Claim(string Statement, string Source, string Here, bool Holds)
{
    /// <summary>Why the figure differs from the source's, where it does; null where there is nothing to explain.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it is about the time taken, and so about the machine as much as about the program.</summary>
    public bool IsTiming { get; init; }
}
