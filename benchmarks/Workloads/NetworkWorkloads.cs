using EE569.Engine.Activations;

namespace EE569.Benchmarks.Workloads;

/// <summary>The trainings of networks that are compared.</summary>
internal static class NetworkWorkloads
{
    /// <summary>The table of categories and numbers with 54 features that other studies train on, too.</summary>
    public static NetworkWorkload Tabular { get; } =
        new("tabular", 200_000, [54, 128, 64, 7], 256, 3, "adam", 1e-3, 3.5, SyntheticRows.Clusters()) { TargetShare = 0.8, WithScikitLearn = true };

    public static IReadOnlyList<NetworkWorkload> All { get; } =
    [
        new("circles_b1", 200, [2, 10, 2], 1, 30, "sgd", 0.05, 20, SyntheticRows.Circles) { Activation = Activation.Tanh, TargetGain = null, WithScikitLearn = true },
        new("circles_b10", 200, [2, 10, 2], 10, 150, "sgd", 0.5, 10, SyntheticRows.Circles) { Activation = Activation.Tanh, TargetGain = null, WithScikitLearn = true },
        new("cifar_shape", 10_000, [3072, 10], 100, 10, "sgd", 0.1, 2.5, SyntheticRows.Clusters(50)) { L2 = 1e-4, TargetShare = 0.45 },
        new("mnist_shape", 60_000, [784, 100, 10], 200, 3, "adam", 1e-3, 2, SyntheticRows.Clusters(4)) { TargetShare = 0.8, TargetGain = 1.85, WithScikitLearn = true },
        Tabular,
        Tabular with { Name = "tabular_b1024", BatchSize = 1024, Target = 2, TargetGain = 1.85, WithScikitLearn = false },
        Tabular with { Name = "tabular_b4096", BatchSize = 4096, Target = 2, TargetGain = 1.85, WithScikitLearn = false },
        new("wide", 8_192, [1024, 1024, 1024, 10], 512, 2, "sgd", 0.01, 1.45, SyntheticRows.Clusters(4)) { TargetShare = 0.85, TargetGain = 1.85 },
        new("wide_adam", 8_192, [1024, 1024, 1024, 10], 512, 2, "adam", 1e-4, 1.45, SyntheticRows.Clusters(4)) { TargetGain = 1.85 },
        new("deep", 40_000, [64, .. Enumerable.Repeat(128, 10), 10], 256, 2, "adam", 1e-3, 1.3, SyntheticRows.Clusters()),
        new("regression", 60_000, [20, 256, 256, 1], 256, 2, "adam", 1e-3, 1.3, SyntheticRows.Numbers),
        new("adult_like", 60_000, [106, 128, 64, 2], 256, 3, "adam", 1e-3, 2.5, SyntheticRows.Categories) { IsSparse = true },
    ];
}
