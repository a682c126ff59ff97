using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EE569.Experiments.Tests.Commands;

/// <summary>A raw table and its label are enough, for every command.</summary>
[TestClass]
public sealed class AnyTableTests
{
    [TestMethod]
    public async Task Mixed_columns_are_trained_on_told_and_predicted_without_options()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("people.csv", People(300)), model = Path.Combine(folder.Path, "model.zip");
        ProgramRun train = await ProgramRun.Of("train", "--data", file, "--label", "bought", "--epochs", "60", "--out", folder.Path);
        ProgramRun evaluate = await ProgramRun.Of("evaluate", "--model", model, "--data", file, "--label", "bought", "--json");

        Assert.AreEqual(0, train.ExitCode, train.Error);
        Assert.Contains("Read as semicolon separated, decimal comma, utf-8.", train.Output);
        Assert.Contains("  income   numbers, 30 missing (10.0 %), 6 different, in €; scaled (", train.Output);
        Assert.Contains("  married  yes or no, 2 different; scaled (0.5 is 0, 0.5 away is 1)\n", train.Output);
        Assert.Contains("  since    dates, 300 different, day before month; month, day, weekday, days\n", train.Output);
        Assert.Contains("  city     text, 3 different (Rome, Oslo, Wien); one-hot\n", train.Output);
        Assert.Contains("column 'nothing' has no value in any row and is left out", train.Error);
        Assert.IsGreaterThan(0.9, JsonDocument.Parse(evaluate.Output).RootElement.GetProperty("accuracy").GetDouble());
        string one = folder.File("one.csv", "city;since;married;income\nRome;31/12/2015;yes;1,5\n");
        ProgramRun expected = await ProgramRun.Of("predict", "--model", model, "--data", one);
        Assert.AreEqual(0, expected.ExitCode);
        Assert.AreEqual("", expected.Error);
    }

    [TestMethod]
    public async Task What_training_had_no_example_of_is_predicted_and_told()
    {
        using var folder = new TemporaryFolder();
        string model = Path.Combine(folder.Path, "model.zip");
        await ProgramRun.Of("train", "--data", folder.File("people.csv", People(300)), "--label", "bought", "--epochs", "2", "--out", folder.Path);
        string strange = folder.File("strange.csv", "city;since;married;income\nParis;31/12/2015;yes;1,5\n;;;\nLima;1/2/2015;no;\n");
        ProgramRun predict = await ProgramRun.Of("predict", "--model", model, "--data", strange);

        Assert.AreEqual(0, predict.ExitCode, predict.Error);
        Assert.Contains("column 'city': 1 missing, though training had none (taken as no category), 2 of categories that training did not have", predict.Error);
        Assert.Contains("column 'since': 1 missing, though training had none (taken as no date).", predict.Error);
        Assert.Contains("column 'married': 1 missing, though training had none (taken as the middle).", predict.Error);
        Assert.DoesNotContain("income", predict.Error, "training had missing ones");
        Assert.HasCount(4, predict.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("NaN", predict.Output);
    }

    [TestMethod]
    public async Task Identifiers_and_constants_are_left_out_said_and_not_asked_for()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("left.csv", "Id,same,zip,x,label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},one,0{i % 3}123,{i % 7},{(i % 7 < 3 ? "a" : "b")}\n")));
        ProgramRun run = await ProgramRun.Of("train", "--data", file, "--label", "label", "--epochs", "2", "--json", "--out", folder.Path);
        JsonElement[] columns = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("columns").EnumerateArray()];
        string Text(string property) => string.Join(", ", columns.Select(column => $"{column.GetProperty(property)}"));

        Assert.AreEqual("Identifier, Constant, Category, Number", Text("preparedAs"));
        Assert.AreEqual("0, 0, 3, 1", Text("slots"));
        Assert.StartsWith("left out: an identifier", columns[0].GetProperty("treatment").GetString()!);
        string few = folder.File("few.csv", "x,zip\n1,00123\n");
        Assert.AreEqual(0, (await ProgramRun.Of("predict", "--model", Path.Combine(folder.Path, "model.zip"), "--data", few)).ExitCode);
        Assert.Contains("No column has anything to learn from: Id: identifier", await ProgramRun.ErrorOf("train", "--data", file, "--label", "label", "--features", "Id", "--out", folder.Path));
        Assert.AreEqual(0, (await ProgramRun.Of("train", "--data", file, "--label", "label", "--features", "Id", "--numeric", "Id", "--epochs", "2", "--out", folder.Path)).ExitCode);
    }

    [TestMethod]
    public async Task Free_text_is_learnt_from()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("notes.csv", "x,note,label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 5},the {(i % 2 == 0 ? "good" : "bad")} one of {i} here,{(i % 2 == 0 ? "a" : "b")}\n")));
        ProgramRun run = await ProgramRun.Of("train", "--data", file, "--label", "label", "--epochs", "30", "--out", folder.Path);
        ProgramRun evaluate = await ProgramRun.Of("evaluate", "--model", Path.Combine(folder.Path, "model.zip"), "--data", file, "--label", "label", "--json");

        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.Contains("free text, 60 different (the good one of 0 here, the bad one of 1 here, the good one of 2 here …); tf-idf of 6 words and ", run.Output);
        Assert.IsGreaterThan(0.9, JsonDocument.Parse(evaluate.Output).RootElement.GetProperty("accuracy").GetDouble());
    }

    [TestMethod]
    public async Task Standard_input_gives_what_the_file_gives()
    {
        using var folder = new TemporaryFolder();
        string text = People(300), file = folder.File("people.csv", text), model = Path.Combine(folder.Path, "model.zip");
        await ProgramRun.Of("train", "--data", file, "--label", "bought", "--epochs", "2", "--out", folder.Path);
        string predicted = (await ProgramRun.Of("predict", "--model", model, "--data", file)).Output;

        using var run = Process.Start(new ProcessStartInfo("dotnet", [ChildProcess.CommandLine, "predict", "--model", model, "--data", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await run.StandardInput.WriteAsync(text);
        run.StandardInput.Close();
        Assert.AreEqual(predicted, await run.StandardOutput.ReadToEndAsync());
    }

    [TestMethod]
    public async Task Numbers_as_label_are_predicted_as_numbers_and_the_task_is_told()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("mpg.csv", "weight,mpg\n" + string.Concat(Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"{2000 + (i * 37 % 3000)},{40 - (i * 37 % 3000 / 100.0)}\n"))));
        ProgramRun run = await ProgramRun.Of("train", "--data", file, "--label", "mpg", "--numeric", "weight", "--json", "--epochs", "20", "--out", folder.Path);
        JsonElement root = JsonDocument.Parse(run.Output).RootElement;

        Assert.AreEqual("regression", root.GetProperty("task").GetString());
        Assert.AreEqual("mlp-regression", root.GetProperty("settings").GetProperty("trainer").GetString());
        Assert.Contains("predicted as numbers (regression)", root.GetProperty("notes")[0].GetString()!);
        Assert.IsGreaterThan(0.9, root.GetProperty("kept")[0].GetProperty("trainMetric").GetDouble());
        Assert.Contains("softmax-mlp is not for regression", await ProgramRun.ErrorOf("train", "--data", file, "--label", "mpg", "--task", "regression", "--trainer", "softmax-mlp", "--out", folder.Path));
    }

    [TestMethod]
    public async Task What_the_user_says_of_columns_is_done_or_the_cell_that_is_against_it_named()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("codes.csv", "zip,size,when,note,label\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"0{i % 4}123,{(i == 7 ? "big" : $"{i}")},{1 + (i % 12)}/{1 + (i % 12)}/2015,good {i},{(i % 2 == 0 ? "a" : "b")}\n")));
        Task<string> Error(params string[] options) => ProgramRun.ErrorOf(["train", "--data", file, "--label", "label", "--out", folder.Path, .. options]);

        Assert.Contains("column 'size' is to hold numbers, but line 9 has 'big'", await Error("--numeric", "size"));
        Assert.Contains("column 'note' is to hold dates in one way of writing, but line 2 has 'good 0', and 39 more of 40 cells", await Error("--date", "note"));
        Assert.Contains("named by more than one of", await Error("--date", "note", "--text", "note"));
        Assert.Contains("no column 'colour'", await Error("--categorical", "colour"));
        Assert.Contains("separator '::' is none", await Error("--separator", "::"));
        Assert.Contains("not by 'dot'", await Error("--decimal", "dot"));
        string options = folder.File("options.json", """{ "numeric": ["zip", "size"], "text": ["note"], "ignore": ["when"], "missing": ["big"], "epochs": 2 }""");
        ProgramRun run = await ProgramRun.Of("train", "--data", file, "--label", "label", "--options", options, "--out", folder.Path);
        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.Contains("  zip   numbers, 4 different; scaled (", run.Output);
        Assert.Contains("  size  numbers, 1 missing (2.5 %), 39 different; scaled (", run.Output);
        Assert.Contains("  note  free text, ", run.Output);
        Assert.DoesNotContain("when", run.Output);
    }

    [TestMethod]
    public async Task Numbers_beyond_single_precision_are_missing_and_told_in_training_and_prediction()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("large.csv", "x,label\n1e999,a\n-Infinity,b\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 2},{(i % 2 == 0 ? "a" : "b")}\n")));
        ProgramRun train = await ProgramRun.Of("train", "--data", file, "--label", "label", "--epochs", "2", "--out", folder.Path);
        ProgramRun predict = await ProgramRun.Of("predict", "--model", Path.Combine(folder.Path, "model.zip"), "--data", file);

        const string Told = "2 not finite in single precision and counted as missing (line 2 has '1e999')";
        Assert.Contains($"  x  numbers, 2 missing (3.2 %), 2 different, {Told}", train.Output);
        Assert.Contains($"ee569: note: column 'x': {Told}", predict.Error);
        Assert.HasCount(63, predict.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("NaN", predict.Output);
    }

    private static string People(int rows)
    {
        var text = new StringBuilder("income;married;since;city;nothing;bought\n");
        for (int i = 0; i < rows; i++)
        {
            string income = i % 10 == 0 ? "n.a." : string.Create(CultureInfo.InvariantCulture, $"{i % 3},{i % 2 * 5} €");
            text.Append(CultureInfo.InvariantCulture, $"{income};{(i % 2 == 0 ? "yes" : "no")};{new DateTime(2015, 1, 1).AddDays(i):dd\\/MM\\/yyyy};{new[] { "Rome", "Oslo", "Wien" }[i % 3]};;{(i % 2 == 0 ? "yes" : "no")}\n");
        }

        return text.ToString();
    }
}
