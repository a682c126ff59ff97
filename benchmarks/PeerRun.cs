using EE569.Benchmarks.Machine;
using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Studies;
using EE569.Benchmarks.Workloads;

namespace EE569.Benchmarks;

/// <summary>The comparison with the peers and the studies of growth, memory and kernels, as one report.</summary>
internal static class PeerRun
{
    public static int Execute(PeerRunOptions options)
    {
        TextWriter log = Console.Out;
        OpenBlasKernels.Choose();
        List<IContender> contenders = [new EngineContender(), .. PythonPeer.FindAll(options.Interpreters)];
        try
        {
            MachineDescription machine = MachineDescription.Describe(contenders.Select(c => (c.Name, c.Version)));
            log.WriteLine(machine.ToMarkdown());
            string command = $"dotnet run -c Release --project benchmarks -- peers{(options.Quick ? " --quick" : "")}{(options.Smoke ? " --smoke" : "")}";
            List<Section> sections = [];
            foreach (Section section in Run(options, contenders, log))
            {
                // After every section, so that a run that is stopped leaves what it has measured.
                sections.Add(section);
                log.WriteLine($"Wrote {PerformanceReport.Write(options.OutputFolder, command, machine, sections)}");
            }

            return 0;
        }
        finally
        {
            foreach (IContender contender in contenders)
            {
                contender.Dispose();
            }
        }
    }

    private static IEnumerable<Section> Run(PeerRunOptions options, IReadOnlyList<IContender> contenders, TextWriter log)
    {
        NetworkWorkload[] networks = [.. NetworkWorkloads.All.Where(w => options.Wants(w.Name)).Select(w => options.Smoke ? w.Shrink(400, 1) : w)];
        if (networks.Length > 0)
        {
            yield return new PeerStudy(contenders, options.Repetitions, options.WarmUp, log).Run(networks);
            yield return new StepStudy(options.Repetitions, log).Run(networks);
        }

        string[] linear = [.. PipelineStudy.Workloads.Where(options.Wants)];
        if (linear.Length > 0)
        {
            yield return new PipelineStudy(contenders.OfType<PythonPeer>().FirstOrDefault(peer => peer.Name == PythonPeer.ScikitLearn), options.Repetitions, options.WarmUp, options.Smoke, log).Run(linear);
        }

        if (options.Wants("scoring"))
        {
            yield return new ScoringStudy(options.Repetitions, options.Smoke, log).Run();
        }

        if (options.Wants("streaming"))
        {
            yield return new StreamingStudy(options.Quick, options.Smoke, log).Run();
        }

        if (options.Wants("products"))
        {
            yield return new ProductStudy(OpenBlas.TryLoad(), options.Repetitions, options.Smoke, log).Run();
        }

        if (options.Wants("growth"))
        {
            yield return new GrowthStudy(options.Repetitions, options.Smoke, log).Run();
        }

        if (options.Wants("memory"))
        {
            yield return new MemoryStudy(options.Smoke, log).Run();
        }
    }
}
