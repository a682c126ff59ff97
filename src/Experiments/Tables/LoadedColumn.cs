using Microsoft.Data.Analysis;

namespace EE569.Experiments.Tables;

/// <summary>A column as it was read, and what is worth knowing of its cells.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its cells were read as.</param>
/// <param name="Values">The cells: Single, DateTime or String; NaN or null for missing ones.</param>
internal sealed record LoadedColumn(string Name, CellKind Kind, DataFrameColumn Values)
{
    /// <summary>Cells without a value.</summary>
    public long Missing { get; init; }

    /// <summary>The line of the first cell without a value.</summary>
    public long FirstMissingLine { get; init; }

    /// <summary>The number of different values, as far as they were counted.</summary>
    public int Distinct { get; init; }

    /// <summary>Whether there are more different values than were counted.</summary>
    public bool HasMoreDistinct { get; init; }

    /// <summary>What is worth knowing of how it is written, in words, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Which values could not be taken as they are, in words, or null.</summary>
    public string? Warning { get; init; }

    /// <summary>The different values as text, where they are few.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>The number of different values for readers.</summary>
    public string DistinctText => HasMoreDistinct ? $"> {Distinct - 1}" : $"{Distinct}";
}
