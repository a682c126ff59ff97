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
    [DataRow("distributed", "trained by 1, accuracy", "distributed.zip")]
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
        StringAssert.Contains(ChildProcess.Succeed(folder.Path, "dotnet", program, name), promise);
        Assert.IsTrue(file is null || new FileInfo(folder.File(file)).Length > 0);
    }
}
