using System.Diagnostics;
using System.Text.Json;

namespace EE569.Benchmarks.Peers;

/// <summary>Another library in a process of its own, which does what a line of its input says and answers with a line.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(string name, Process process, JsonElement greeting)
    {
        (Name, _process) = (name, process);
        (Version, Blas) = (greeting.GetProperty("version").GetString()!, greeting.GetProperty("blas").GetString()!);
    }

    public string Name { get; }

    public string Version { get; }

    /// <summary>The BLAS that the process has loaded, with version and kernels.</summary>
    public string Blas { get; }

    /// <summary>Starts the process, whose first JSON line tells its version, or why it can do nothing; libraries may print other lines before it.</summary>
    /// <returns>The peer, or null with the reason.</returns>
    public static (PeerProcess? Peer, string? Reason) TryStart(string name, string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
            Process process = Process.Start(start)!;
            string? line;
            do
            {
                line = process.StandardOutput.ReadLine();
            }
            while (line?.StartsWith('{') == false);

            JsonElement greeting = line is null ? default : JsonDocument.Parse(line).RootElement;
            if (line is not null && !greeting.TryGetProperty("reason", out _))
            {
                return (new PeerProcess(name, process, greeting), null);
            }

            process.WaitForExit();
            process.Dispose();
            return (null, line is null ? $"not installed for {program}" : greeting.GetProperty("reason").GetString());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, $"there is no {program}");
        }
    }

    /// <summary>Trains what a JSON file describes. The clock runs from the first step to the last, not while data are loaded.</summary>
    public Outcome Train(string specification, int threads) => Ask("train", specification, threads);

    /// <summary>Scores the rows of a JSON file with its weights, all in one call or each in one; the seconds are those of a row.</summary>
    public Outcome Score(string specification, int threads, bool isRowByRow) => Ask(isRowByRow ? "score_rows" : "score", specification, threads);

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private Outcome Ask(string action, string workload, int threads)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { action, workload, threads }));
        string answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"{Name} ended at {action} of {workload}; its error output is above.");
        using JsonDocument result = JsonDocument.Parse(answer);
        return new Outcome(result.RootElement.GetProperty("seconds").GetDouble(), result.RootElement.GetProperty("loss").GetDouble());
    }
}
