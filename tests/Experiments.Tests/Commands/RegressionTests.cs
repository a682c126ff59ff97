using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EE569.Experiments.Tests.Commands;

/// <summary>Numbers to predict: trained, evaluated, predicted, inspected, exported.</summary>
[TestClass]
public sealed class RegressionTests
{
    [TestMethod]
    public async Task A_number_far_from_unit_scale_is_learnt_in_its_own_unit()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("prices.csv", Prices(400)), model = Path.Combine(folder.Path, "model.zip");
        ProgramRun train = await ProgramRun.Of("train", "--data", file, "--label", "Price", "--categorical", "City", "--trainer", "mlp-regression", "--hidden-layers", "16", "--out", folder.Path);
        ProgramRun evaluate = await ProgramRun.Of("evaluate", "--model", model, "--data", file, "--label", "Price", "--json");
        ProgramRun predict = await ProgramRun.Of("predict", "--model", model, "--data", file, "--json");
        ProgramRun inspect = await ProgramRun.Of("inspect", "--model", model);

        Assert.AreEqual(0, train.ExitCode, train.Error);
        Assert.IsTrue(File.Exists(Path.Combine(folder.Path, "model.onnx")));
        Assert.StartsWith("Epoch,TrainLoss,TrainMetric,", File.ReadAllText(Path.Combine(folder.Path, "history.csv")));
        JsonElement figures = JsonDocument.Parse(evaluate.Output).RootElement;
        double[] actual = [.. File.ReadLines(file).Skip(1).Select(line => double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture))];
        double[] predicted = [.. JsonDocument.Parse(predict.Output).RootElement.EnumerateArray().Select(row => row.GetProperty("Score").GetDouble())];
        double[] errors = [.. actual.Zip(predicted, (x, y) => x - y)];
        Assert.AreEqual(errors.Average(Math.Abs), figures.GetProperty("mae").GetDouble(), 0.01);
        Assert.AreEqual(Math.Sqrt(errors.Average(error => error * error)), figures.GetProperty("rmse").GetDouble(), 0.01);
        Assert.AreEqual(1 - (errors.Sum(error => error * error) / actual.Sum(value => Math.Pow(value - actual.Average(), 2))), figures.GetProperty("r2").GetDouble(), 1e-6);
        Assert.IsGreaterThan(0.95, figures.GetProperty("r2").GetDouble());
        Assert.Contains("RegressionPredictionTransformer", inspect.Output);
    }

    [TestMethod]
    public async Task A_label_that_is_no_number_is_named()
    {
        using var folder = new TemporaryFolder();
        string words = folder.File("words.csv", "X,Label\n1,2\n2,many\n"), constant = folder.File("constant.csv", "X,Label\n1,2\n2,2\n");
        string missing = folder.File("missing.csv", "X,Label\n1,2\n2,\n"), infinite = folder.File("infinite.csv", "X,Label\n1,2\n2,Infinity\n");

        Assert.Contains("line 3 has 'many'", await Error(words));
        Assert.Contains("holds only '2'", await Error(constant));
        Assert.Contains("no value in line 3", await Error(missing));
        Assert.Contains("finite numbers to predict, but line 3 has 'Infinity'", await Error(infinite));

        static Task<string> Error(string file) => ProgramRun.ErrorOf("train", "--data", file, "--label", "Label", "--trainer", "mlp-regression", "--out", Path.Combine(Path.GetDirectoryName(file)!, "out"));
    }

    [TestMethod]
    public async Task Evaluating_against_a_column_of_words_names_the_line()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("prices.csv", Prices(50));
        await ProgramRun.Of("train", "--data", file, "--label", "Price", "--ignore", "City", "--trainer", "mlp-regression", "--epochs", "1", "--out", folder.Path);

        Assert.Contains("column 'City' must be numeric, but line 2 has 'Rome'", await ProgramRun.ErrorOf("evaluate", "--model", Path.Combine(folder.Path, "model.zip"), "--data", file, "--label", "City"));
    }

    /// <summary>3000 a square metre and 90,000 more in one of two cities.</summary>
    private static string Prices(int rows)
    {
        var text = new StringBuilder("Area,City,Price\n");
        for (int i = 0; i < rows; i++)
        {
            int area = 30 + (37 * i % 170);
            text.Append(CultureInfo.InvariantCulture, $"{area},{(i % 3 == 0 ? "Rome" : "Oslo")},{100_000 + (3000 * area) + (i % 3 == 0 ? 0 : 90_000)}\n");
        }

        return text.ToString();
    }
}
