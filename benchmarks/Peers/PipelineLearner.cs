namespace EE569.Benchmarks.Peers;

/// <summary>A learner of logistic regression: one fit from the start to its end.</summary>
/// <param name="Name">Library and name.</param>
/// <param name="Fit">Fits; the loss is the mean log-loss over the training rows, in nats.</param>
internal sealed record PipelineLearner(string Name, Func<Outcome> Fit);
