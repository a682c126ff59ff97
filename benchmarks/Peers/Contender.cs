namespace EE569.Benchmarks.Peers;

/// <summary>What runs in turn with others.</summary>
/// <param name="Name">Library and what it runs.</param>
/// <param name="Threads">How many threads it may use; 0 is its own choice.</param>
/// <param name="Run">Runs once.</param>
internal sealed record Contender(string Name, int Threads, Func<Outcome> Run);
