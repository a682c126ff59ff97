using EE569.Experiments.Comparison;
using EE569.Experiments.Tables;
using Microsoft.Data.Analysis;

namespace EE569.Experiments.Tests.Tables;

/// <summary>What a label's cell says is the class that the model learns.</summary>
[TestClass]
public sealed class ClassNameTests
{
    [TestMethod]
    public void Cells_are_taken_as_they_stand()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("cells.csv", "number,text\n 1 , a\n2,a \r\n\"3\",\"a,\"\"b\"\"\nc\"\n\n4,Null\n,\\n\nNaN,c:\\temp\n1e-3,א\n");

        LabeledTable table = LabeledTable.Load(file, new TableOptions("text"));

        CollectionAssert.AreEqual(new float?[] { 1, 2, 3, 4, float.NaN, float.NaN, 1e-3f }, ((SingleDataFrameColumn)table.Frame.Columns["number"]).ToArray());
        CollectionAssert.AreEqual(new[] { " a", "a ", "a,\"b\"\nc", "Null", "\\n", "c:\\temp", "א" }, ((StringDataFrameColumn)table.Frame.Columns["text"]).ToArray());
        CollectionAssert.AreEquivalent(((StringDataFrameColumn)table.Frame.Columns["text"]).ToArray(), table.Classes.ToArray(), "each is a class of its own");
    }

    [TestMethod]
    public void Classes_that_are_numbers_stand_in_the_order_of_size()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("numbers.csv", "x,class\n" + string.Concat(Enumerable.Range(1, 24).Select(i => $"{i},{i % 12}\n")));

        CollectionAssert.AreEqual(Enumerable.Range(0, 12).Select(i => $"{i}").ToArray(), LabeledTable.Load(file, new TableOptions("class") { IsRegression = false }).Classes.ToArray());
    }

    [TestMethod]
    public async Task Twelve_numbered_classes_keep_their_names_from_training_to_prediction_and_in_a_comparison()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("numbers.csv", "x,y,class\n" + string.Concat(Enumerable.Range(0, 240).Select(i => FormattableString.Invariant($"{Math.Sin(i % 12 * Math.PI / 6)},{Math.Cos(i % 12 * Math.PI / 6)},{i % 12}\n"))));
        await ProgramRun.Of("train", "--data", file, "--label", "class", "--out", folder.Path);
        ProgramRun predict = await ProgramRun.Of("predict", "--model", Path.Combine(folder.Path, "model.zip"), "--data", file);

        string[] lines = predict.Output.Split('\n');
        Assert.StartsWith("PredictedLabel,Probability 0,Probability 1,Probability 2,", lines[0]);
        CollectionAssert.AreEqual(Enumerable.Range(0, 240).Select(i => $"{i % 12}").ToArray(), lines.Skip(1).SkipLast(1).Select(line => line.Split(',')[0]).ToArray());
        var table = LabeledTable.Load(file, new TableOptions("class") { IsRegression = false });
        LearnerScores scores = CrossValidation.Run(table, Learners.For(table, [])[1], folds: 2, seed: 1, CancellationToken.None);
        CollectionAssert.AreEqual(Enumerable.Repeat(20, 12).ToArray(), scores.Confusion.Select((row, i) => row[i]).ToArray(), "each class is itself");
    }
}
