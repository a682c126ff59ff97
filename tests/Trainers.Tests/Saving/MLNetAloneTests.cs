using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Saving;

/// <summary>A model file is scored by a program that references ML.NET alone.</summary>
[TestClass]
public class MLNetAloneTests
{
    private static readonly string Program = typeof(MLNetAloneTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "LoadAndScore").Value!;

    [TestMethod]
    public void The_program_has_no_part_of_this_library() =>
        Assert.IsFalse(File.Exists(Path.Combine(Path.GetDirectoryName(Program)!, "EE569.Trainers.dll")));

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void It_gives_our_scores(string trainer)
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(seed: 1);
        var data = TrainerCase.Data(ml, trainer);
        var model = ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(TrainerCase.Create(ml, trainer).Estimator).Fit(data);
        ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        File.WriteAllLines(folder.File("rows.csv"), data.GetColumn<float[]>("Features").Select(row => string.Join(',', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));

        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        Array.ForEach([Program, folder.File("model.zip"), folder.File("rows.csv")], start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode);

        var expected = TrainerCase.Scores(model.Transform(data));
        Assert.HasCount(expected.Length, lines);
        double tolerance = trainer is TrainerCase.Logistic or TrainerCase.Softmax ? 0 : 1e-6;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], float.Parse(lines[i], CultureInfo.InvariantCulture), tolerance * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
