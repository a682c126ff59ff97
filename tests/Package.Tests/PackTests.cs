using System.Diagnostics;
using System.IO.Compression;

namespace EE569.Package.Tests;

/// <summary>What `dotnet pack` makes, and when it refuses.</summary>
[TestClass]
public sealed class PackTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void Engine_package_carries_readme_icon_licence_docs_and_symbols()
    {
        string folder = Pack("src/Engine", out int exitCode, out string output);
        Assert.AreEqual(0, exitCode, output);

        string package = Directory.EnumerateFiles(folder, "EE569.Engine.*.nupkg").Single();
        using ZipArchive archive = ZipFile.OpenRead(package);
        string[] entries = [.. archive.Entries.Select(entry => entry.FullName)];
        CollectionAssert.IsSubsetOf(new[] { "README.md", "icon.png", "lib/net10.0/EE569.Engine.dll", "lib/net10.0/EE569.Engine.xml" }, entries);
        using var nuspec = new StreamReader(archive.GetEntry("EE569.Engine.nuspec")!.Open());
        StringAssert.Contains(nuspec.ReadToEnd(), "<license type=\"expression\">MIT</license>");
        Assert.IsTrue(Directory.EnumerateFiles(folder, "EE569.Engine.*.snupkg").Any(), "no symbol package");
    }

    [TestMethod]
    public void Trainers_are_packed_against_the_real_package_only()
    {
        string folder = Pack("src/Trainers", out int exitCode, out string output);
        if (Repository.MLNet == "Package")
        {
            Assert.AreEqual(0, exitCode, output);
            using ZipArchive archive = ZipFile.OpenRead(Directory.EnumerateFiles(folder, "EE569.Trainers.*.nupkg").Single());
            using var nuspec = new StreamReader(archive.GetEntry("EE569.Trainers.nuspec")!.Open());
            StringAssert.Contains(nuspec.ReadToEnd(), "<dependency id=\"Microsoft.ML\" version=\"[5.0.0, 6.0.0)\"");
        }
        else
        {
            Assert.AreNotEqual(0, exitCode, "packing against the offline subset went through");
            StringAssert.Contains(output, "can only be packed against the real Microsoft.ML package");
            Assert.IsFalse(Directory.EnumerateFiles(folder, "EE569.Trainers.*").Any(), "a package was written");
        }
    }

    private string Pack(string project, out int exitCode, out string output)
    {
        string folder = Path.Combine(TestContext.TestRunDirectory!, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { "pack", "-c", "Release", "--no-build", project, "-o", folder, $"-p:MLNet={Repository.MLNet}" })
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        exitCode = process.ExitCode;
        return folder;
    }
}
