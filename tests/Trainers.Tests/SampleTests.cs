using System.Diagnostics;
using EE569.Trainers.Tests.Support;

namespace EE569.Trainers.Tests;

/// <summary>The programs of samples/ run, print what they promise and leave the files they name.</summary>
[TestClass]
public class SampleTests
{
    [TestMethod]
    [DataRow("binary", "test accuracy", null)]
    [DataRow("multiclass", "predicted setosa", "iris.zip")]
    [DataRow("regression", "R² 0.9", "history.csv")]
    [DataRow("continued", "log loss after 40 epochs", "network.zip")]
    [DataRow("onnx", "iris.onnx: ", "iris.onnx")]
    public void A_sample_runs(string name, string promise, string? file)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("data"));
        foreach (string csv in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "data")))
        {
            File.Copy(csv, Path.Combine(folder.File("data"), Path.GetFileName(csv)));
        }

        string program = Path.Combine(AppContext.BaseDirectory, "EE569.Samples.dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, name]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.AreEqual(0, process.ExitCode, error.Result);
        StringAssert.Contains(output, promise);
        Assert.IsTrue(file is null || new FileInfo(folder.File(file)).Length > 0);
    }
}
