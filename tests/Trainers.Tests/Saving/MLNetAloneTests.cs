using System.Globalization;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Saving;

/// <summary>A model file is scored by a program that references ML.NET alone.</summary>
[TestClass]
public class MLNetAloneTests
{
    private static readonly string Program = ChildProcess.Built("LoadAndScore");

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

        string[] lines = ChildProcess.Succeed(folder.Path, "dotnet", Program, folder.File("model.zip"), folder.File("rows.csv"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        var expected = TrainerCase.Scores(model.Transform(data));
        Assert.HasCount(expected.Length, lines);
        double tolerance = trainer is TrainerCase.Logistic or TrainerCase.Softmax ? 0 : 1e-6;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], float.Parse(lines[i], CultureInfo.InvariantCulture), tolerance * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
