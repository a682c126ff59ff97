using EE569.Engine;

namespace EE569.Benchmarks.Workloads;

/// <summary>The trainings of networks that are compared.</summary>
internal static class NetworkWorkloads
{
    private static readonly string[] _both = [Peers.PythonPeer.Torch, Peers.PythonPeer.ScikitLearn];
    private static readonly string[] _torch = [Peers.PythonPeer.Torch];

    public static IReadOnlyList<NetworkWorkload> All { get; } =
    [
        new(
            "circles_b1", "2-10-2 tanh, 200 rows, batch 1, 150 epochs (30,000 steps)",
            200, [2, 10, 2], Activation.Tanh, 1, 150, "sgd", 0.05, 0, 20, _both, SyntheticRows.Circles),
        new(
            "circles_b10", "2-10-2 tanh, 200 rows, batch 10, 150 epochs (3,000 steps)",
            200, [2, 10, 2], Activation.Tanh, 10, 150, "sgd", 0.5, 0, 10, _both, SyntheticRows.Circles),
        new(
            "cifar_shape", "softmax regression 3072-10, 10,000 rows, batch 100, 10 epochs, L2",
            10_000, [3072, 10], Activation.Identity, 100, 10, "sgd", 0.1, 1e-4, 2, _torch, SyntheticRows.Clusters(50)),
        new(
            "mnist_shape", "784-100-10 relu, 60,000 rows, batch 200, Adam, 3 epochs",
            60_000, [784, 100, 10], Activation.ReLU, 200, 3, "adam", 1e-3, 0, 2, _both, SyntheticRows.Clusters(4)),
        new(
            "tabular", "54-128-64-7 relu, 200,000 rows, batch 256, Adam, 3 epochs",
            200_000, [54, 128, 64, 7], Activation.ReLU, 256, 3, "adam", 1e-3, 0, 2, _both, SyntheticRows.Clusters()),
        new(
            "wide", "1024-1024-1024-10 relu, 8,192 rows, batch 512, SGD, 2 epochs",
            8_192, [1024, 1024, 1024, 10], Activation.ReLU, 512, 2, "sgd", 0.01, 0, 1, _torch, SyntheticRows.Clusters(4)),
    ];
}
