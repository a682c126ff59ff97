using EE569.Benchmarks.Machine;
using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Studies;
using EE569.Benchmarks.Workloads;

namespace EE569.Benchmarks;

/// <summary>The comparison with the peers and the studies of streams, kernels and memory, part by part.</summary>
/// <param name="Quick">Three repetitions and small files.</param>
/// <param name="Smoke">Tiny sizes, one repetition.</param>
/// <param name="Studies">Names of studies or parts; empty for all.</param>
/// <param name="Resume">Whether parts that an earlier run has measured are left out.</param>
/// <param name="TorchSharp">Whether to try TorchSharp.</param>
/// <param name="OutputFolder">For the page.</param>
/// <param name="Interpreters">Python interpreters.</param>
internal sealed record PeerRun(bool Quick, bool Smoke, string[] Studies, bool Resume, bool TorchSharp, string OutputFolder, string[] Interpreters)
{
    private int Repetitions => Smoke ? 1 : Quick ? 3 : 7;

    private string Mode => Smoke ? " --smoke" : Quick ? " --quick" : "";

    /// <summary>Measures and writes the page.</summary>
    /// <exception cref="InvalidOperationException">A study has no such name, or a peer does not compute what we do.</exception>
    public void Execute()
    {
        TextWriter log = Console.Out;
        OpenBlasKernels.Choose();
        using PeerSet peers = PeerSet.Start(Interpreters, TorchSharp);
        string machine = MachineDescription.Describe(peers);
        log.WriteLine(machine);
        (string Study, string Name, Func<Part> Measure)[] parts = [.. Parts(peers, log)];
        string[] unknown = [.. Studies.Where(wanted => !parts.Any(part => wanted == part.Study || wanted == part.Name))];
        if (unknown.Length > 0)
        {
            throw new InvalidOperationException($"--studies: there is no {string.Join(", ", unknown)}; there are {string.Join(", ", parts.SelectMany(part => new[] { part.Study, part.Name }).Distinct())}.");
        }

        string command = $"dotnet run -c Release --project benchmarks -- peers{Mode}";
        var page = new Page(Path.Combine("artifacts", "performance" + Mode.Replace(" -", "", StringComparison.Ordinal)), [.. parts.Select(part => part.Name)]);
        foreach ((string study, string name, Func<Part> measure) in parts)
        {
            if ((Studies.Length == 0 || Studies.Contains(study) || Studies.Contains(name)) && !(Resume && page.Has(name)))
            {
                (double load, double peak) = (MachineDescription.Load, FmaPeak.Measure());
                log.WriteLine($"== {name} (load {Format.Number(load)}, peak {Format.Number(peak)} GFLOP/s)");
                page.Add(new MeasuredPart(name, measure(), DateOnly.FromDateTime(DateTime.UtcNow), load, peak, machine));
                page.Write(OutputFolder, command);
            }
        }

        log.WriteLine($"Wrote {page.Write(OutputFolder, command)}");
    }

    private IEnumerable<(string Study, string Name, Func<Part> Measure)> Parts(PeerSet peers, TextWriter log)
    {
        var race = new Race(Repetitions, TimeSpan.FromSeconds(Smoke ? 0 : 0.5), log);
        var training = new TrainingStudy(peers, race, log);
        foreach (NetworkWorkload workload in NetworkWorkloads.All.Select(workload => Smoke ? workload.Shrink(400, 1) : workload))
        {
            yield return ("trainings", workload.Name, () => training.Measure(workload));
        }

        var learners = new LearnerStudy(peers.ScikitLearn, race, Smoke, log);
        foreach (string workload in LearnerStudy.Workloads)
        {
            yield return ("learners", workload, () => learners.Measure(workload));
        }

        foreach (string way in ScoringStudy.Ways)
        {
            yield return ("scoring", way, () => new ScoringStudy(peers.Torch, race, Smoke, log).Measure(way));
        }

        yield return ("streaming", "streaming", new StreamingStudy(Quick, Smoke, log).Measure);
        yield return ("products", "products", () => new ProductStudy(OpenBlas.TryLoad(), Repetitions, Smoke, log).Measure());
        yield return ("memory", "memory", new MemoryStudy(Smoke, log).Measure);
    }
}
