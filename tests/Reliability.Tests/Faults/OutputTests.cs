using System.Diagnostics;

namespace EE569.Reliability.Tests.Faults;

/// <summary>Places that cannot take the results: one clear line, exit code 2, and nothing half-written under a final name.</summary>
[TestClass]
public sealed class OutputTests
{
    [TestMethod]
    public void An_output_folder_that_is_a_file_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        string place = Path.Combine(folder.Path, "taken");
        File.WriteAllText(place, "precious");

        (int exitCode, _, string error) = ChildProcess.Run(ChildProcess.CommandLine, "reproduce", "linear-node", "--out", place);

        Assert.AreEqual(2, exitCode);
        StringAssert.Contains(error, place);
        Assert.AreEqual("precious", File.ReadAllText(place));
    }

    [TestMethod]
    public void A_full_disk_is_reported_and_leaves_no_partial_file()
    {
        using var folder = new TemporaryFolder();
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || Shell("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.Path) != 0)
        {
            Assert.Inconclusive("A small disk can only be mounted as root on Linux.");
        }

        try
        {
            (int exitCode, _, string error) = ChildProcess.Run(ChildProcess.CommandLine, "reproduce", "linear-node", "--out", folder.Path);

            Assert.AreEqual(2, exitCode, error);
            StringAssert.Contains(error, "Cannot write");
            Assert.IsFalse(File.Exists(Path.Combine(folder.Path, "report.html")));
            Assert.IsFalse(Directory.EnumerateFiles(folder.Path, "*.tmp", SearchOption.AllDirectories).Any(), "a temporary file is left");
        }
        finally
        {
            Shell("umount", folder.Path);
        }
    }

    [TestMethod]
    public void Two_runs_into_one_folder_both_end_well_and_leave_whole_results()
    {
        using var folder = new TemporaryFolder();
        using Process first = ChildProcess.Start(ChildProcess.CommandLine, "reproduce", "linear-node", "--out", folder.Path);
        using Process second = ChildProcess.Start(ChildProcess.CommandLine, "reproduce", "linear-node", "--out", folder.Path);
        foreach (Process run in new[] { first, second })
        {
            _ = run.StandardOutput.ReadToEndAsync();
            string error = run.StandardError.ReadToEnd();
            run.WaitForExit();
            Assert.AreEqual(0, run.ExitCode, error);
        }

        StringAssert.EndsWith(File.ReadAllText(Path.Combine(folder.Path, "report.html")).TrimEnd(), "</html>");
    }

    private static int Shell(string command, params string[] arguments)
    {
        using Process process = Process.Start(command, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
