namespace EE569.Benchmarks;

/// <summary>What the "peers" command is to run.</summary>
internal sealed record PeerRunOptions(bool Quick, bool Smoke, string[] Workloads, string OutputFolder, string[] Interpreters)
{
    public int Repetitions => Smoke ? 1 : Quick ? 3 : 7;

    public TimeSpan WarmUp => TimeSpan.FromSeconds(Smoke ? 0 : 2);

    public bool Wants(string name) => Workloads.Length == 0 || Workloads.Contains(name);
}
