using System.Globalization;
using System.Text;
using System.Text.Json;
using EE569.Engine.Random;

namespace EE569.Experiments.Tests.Commands;

/// <summary>Features whose mean is far larger than their deviation: without centring, a year is 1.000 ± 0.005 to the network, and nothing is learnt from it.</summary>
[TestClass]
public sealed class ScalingTests
{
    [TestMethod]
    public async Task A_year_is_learnt_from()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("years.csv", "year,y\n" + string.Concat(Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"{1960 + (i % 60)},{((i % 60) - 30) / 2.0}\n"))));

        JsonElement figures = await Evaluate(folder, file, "y", "--trainer", "mlp-regression");

        Assert.IsGreaterThanOrEqualTo(0.9995, figures.GetProperty("r2").GetDouble());
    }

    [TestMethod]
    [DataRow("softmax-mlp")]
    [DataRow("softmax-regression")]
    public async Task Classes_either_side_of_a_thousand_are_told_apart(string trainer)
    {
        using var folder = new TemporaryFolder();
        var random = new SplitMix64(1);
        var text = new StringBuilder("x,k,side\n");
        for (int i = 0; i < 2000; i++)
        {
            // x as the program reads it: a float near 1000 has four decimals.
            (float x, double k) = ((float)(1000 + random.NextGaussian()), random.NextGaussian());
            text.Append(CultureInfo.InvariantCulture, $"{x},{k},{(x - 1000 + (0.2 * k) > 0 ? "above" : "below")}\n");
        }

        JsonElement figures = await Evaluate(folder, folder.File("sides.csv", text.ToString()), "side", "--trainer", trainer);

        Assert.IsGreaterThanOrEqualTo(0.99, figures.GetProperty("accuracy").GetDouble());
    }

    private static async Task<JsonElement> Evaluate(TemporaryFolder folder, string file, string label, params string[] options)
    {
        ProgramRun train = await ProgramRun.Of(["train", "--data", file, "--label", label, "--out", folder.Path, .. options]);
        Assert.AreEqual(0, train.ExitCode, train.Error);
        ProgramRun evaluate = await ProgramRun.Of("evaluate", "--model", Path.Combine(folder.Path, "model.zip"), "--data", file, "--label", label, "--json");
        Console.WriteLine(evaluate.Output);
        return JsonDocument.Parse(evaluate.Output).RootElement;
    }
}
