using System.CommandLine;

namespace EE569.Benchmarks.Quality;

/// <summary>"quality": learners on real tables.</summary>
internal static class QualityCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "One repetition in place of three, tables of at most 20,000 rows." };
        var smoke = new Option<bool>("--smoke") { Description = "300 rows of three tables, one fold: does everything work? Errors mean nothing." };
        var resume = new Option<bool>("--resume") { Description = "Leave out what an earlier run has measured." };
        var bags = new Option<bool>("--bags") { Description = $"Bags of {QualityRun.BagSize} in place of single fits." };
        var report = new Option<bool>("--report") { Description = "Only write the page from what has been measured." };
        var learners = new Option<string[]>("--learners") { Description = "Learners to measure, trials included. All but the trials without it.", AllowMultipleArgumentsPerToken = true };
        var tablesOnly = new Option<string[]>("--tables-only") { Description = "Tables to measure, by name, or Tuning or Report. All without it.", AllowMultipleArgumentsPerToken = true };
        var tables = new Option<DirectoryInfo?>("--tables") { Description = "A folder with files of tables, so that they are not downloaded; names as in benchmarks/Quality/tables.json." };
        var jobs = new Option<int>("--jobs") { Description = "Fits at a time, each on one thread.", DefaultValueFactory = _ => 1 };
        jobs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--jobs must be at least 1.");
            }
        });
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder for quality.md. Default docs; with --smoke the folder of its results." };
        var command = new Command("quality", "Measures the errors of our learners and ML.NET's on real tables, and writes quality.md.")
        {
            quick, smoke, resume, bags, report, learners, tablesOnly, tables, jobs, output,
        };
        command.SetAction(result =>
        {
            try
            {
                new QualityRun(
                    result.GetValue(quick), result.GetValue(smoke), result.GetValue(resume), result.GetValue(bags), result.GetValue(report), result.GetValue(learners) ?? [],
                    result.GetValue(tablesOnly) ?? [], result.GetValue(tables)?.FullName, result.GetValue(jobs), result.GetValue(output)?.FullName).Execute(Console.Out);
                return 0;
            }
            catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(exception.Message);
                return 1;
            }
        });
        return command;
    }
}
