namespace EE569.Experiments.Training;

/// <summary>Values that texts name.</summary>
internal interface INamedValues
{
    /// <summary>Their names.</summary>
    IReadOnlyCollection<string> Names { get; }
}
