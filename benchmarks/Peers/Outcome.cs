namespace EE569.Benchmarks.Peers;

/// <summary>One run of a contender.</summary>
/// <param name="Seconds">How long it took: a training, or one row of a scoring.</param>
/// <param name="Loss">Mean log-loss (nats) over the rows, or mean squared error; NaN for models without probabilities.</param>
internal sealed record Outcome(double Seconds, double Loss);
