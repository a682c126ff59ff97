namespace EE569.Benchmarks.Peers;

/// <summary>The libraries that run in processes of their own: libtorch, by TorchSharp or else by PyTorch, and scikit-learn.</summary>
internal sealed class PeerSet : IDisposable
{
    private readonly List<string> _missing = [];

    private PeerSet()
    {
    }

    /// <summary>libtorch, which starts from the weights it is given.</summary>
    public PeerProcess? Torch { get; private set; }

    public PeerProcess? ScikitLearn { get; private set; }

    /// <summary>Starts what is installed.</summary>
    /// <param name="interpreters">Python interpreters to look in.</param>
    /// <param name="torchSharp">Whether to build and try TorchSharp, whose packages are hundreds of megabytes.</param>
    public static PeerSet Start(string[] interpreters, bool torchSharp)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Peers");
        var peers = new PeerSet();
        if (torchSharp)
        {
            peers.Torch = peers.Find("TorchSharp", ["dotnet"], "run", "-c", "Release", "--file", Path.Combine(folder, "TorchSharpPeer.cs"));
        }

        peers.Torch ??= peers.Find("PyTorch", interpreters, Path.Combine(folder, "torch_peer.py"));
        peers.ScikitLearn = peers.Find("scikit-learn", interpreters, Path.Combine(folder, "sklearn_peer.py"));
        return peers;
    }

    /// <summary>A line for each peer, found or not.</summary>
    public IEnumerable<string> Describe() =>
        [.. new[] { Torch, ScikitLearn }.OfType<PeerProcess>().Select(peer => $"{peer.Name} {peer.Version}, products by {peer.Blas}."), .. _missing];

    public void Dispose()
    {
        Torch?.Dispose();
        ScikitLearn?.Dispose();
    }

    private PeerProcess? Find(string name, string[] programs, params string[] arguments)
    {
        List<string> reasons = [];
        foreach (string program in programs)
        {
            (PeerProcess? peer, string? reason) = PeerProcess.TryStart(name, program, arguments);
            if (peer is not null)
            {
                return peer;
            }

            reasons.Add(reason!);
        }

        _missing.Add($"{name} is left out: {string.Join("; ", reasons)}.");
        return null;
    }
}
