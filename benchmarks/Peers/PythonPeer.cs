using System.Diagnostics;
using System.Text.Json;

namespace EE569.Benchmarks.Peers;

/// <summary>A Python library, in a process of its own that trains one workload per line of its input.</summary>
internal sealed class PythonPeer : IContender
{
    public const string Torch = "PyTorch";
    public const string ScikitLearn = "scikit-learn";

    private static readonly (string Name, string Script)[] _scripts = [(Torch, "torch_peer.py"), (ScikitLearn, "sklearn_peer.py")];

    private readonly Process _process;

    private PythonPeer(string name, Process process, string version)
    {
        (Name, _process, Version) = (name, process, version);
    }

    public string Name { get; }

    public string Version { get; }

    public IReadOnlyList<int> ThreadCounts { get; } = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    /// <summary>The libraries that are installed for one of the interpreters.</summary>
    public static IEnumerable<PythonPeer> FindAll(params string[] interpreters)
    {
        foreach ((string name, string script) in _scripts)
        {
            foreach (string interpreter in interpreters)
            {
                if (TryStart(name, script, interpreter) is { } peer)
                {
                    yield return peer;
                    break;
                }
            }
        }
    }

    public bool CanTrain(PreparedWorkload workload) => workload.Workload.Peers.Contains(Name);

    public Outcome Train(PreparedWorkload workload, int threads) => Train(workload.SpecificationPath, threads);

    /// <summary>Trains what a JSON file describes.</summary>
    public Outcome Train(string specification, int threads)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { workload = specification, threads }));
        string answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"{Name} ended while training {specification}; its error output is above.");
        using JsonDocument result = JsonDocument.Parse(answer);
        double Number(string property) => result.RootElement.GetProperty(property).GetDouble();
        return new Outcome(Number("seconds"), Number("processor_seconds"), Number("loss"));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static PythonPeer? TryStart(string name, string script, string interpreter)
    {
        try
        {
            Process process = Process.Start(new ProcessStartInfo(interpreter)
            {
                ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Peers", script) },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;

            // The first line is the version; a process without the library ends without one.
            if (process.StandardOutput.ReadLine() is { } version)
            {
                return new PythonPeer(name, process, version);
            }

            process.WaitForExit();
            process.Dispose();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No such interpreter.
        }

        return null;
    }
}
