namespace EE569.Benchmarks.Peers;

/// <summary>One training.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="ProcessorSeconds">Processor time of the process meanwhile, all threads: what it costs even while others use the machine.</param>
/// <param name="Loss">Mean log-loss over the training data afterwards.</param>
internal sealed record Outcome(double Seconds, double ProcessorSeconds, double Loss);
