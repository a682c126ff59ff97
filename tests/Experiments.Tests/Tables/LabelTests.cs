using System.Globalization;
using EE569.Experiments.Tables;

namespace EE569.Experiments.Tests.Tables;

/// <summary>Whether a label holds classes or numbers to predict, and what is odd about its classes.</summary>
[TestClass]
public sealed class LabelTests
{
    [TestMethod]
    [DataRow(400, 129, 0.1, true, "some are not whole")]
    [DataRow(400, 2, 0.5, true, "some are not whole")]
    [DataRow(400, 21, 1.0, true, "21 are different in 400 rows")]
    [DataRow(400, 20, 1.0, false, "")]
    [DataRow(1000, 50, 1.0, false, "")]
    [DataRow(10_000, 101, 1.0, true, "101 are different in 10000 rows")]
    [DataRow(40_000, 20_000, 1.0, true, "more than 10000 are different")]
    public void Many_different_numbers_are_numbers_to_predict(int rows, int distinct, double step, bool isRegression, string reason)
    {
        using var folder = new TemporaryFolder();
        LabeledTable table = Load(folder, Enumerable.Range(0, rows).Select(i => (i % distinct * step).ToString(CultureInfo.InvariantCulture)));

        Assert.AreEqual(isRegression, table.IsRegression);
        Assert.Contains(reason, string.Join(' ', table.Notes));
        Assert.AreEqual(isRegression ? 0 : distinct, table.Classes.Count);
    }

    [TestMethod]
    public void The_user_has_the_last_word()
    {
        using var folder = new TemporaryFolder();
        string[] labels = [.. Enumerable.Range(0, 300).Select(i => $"{i % 100}.5")];

        Assert.IsTrue(Load(folder, labels).IsRegression);
        Assert.HasCount(100, Load(folder, labels, isRegression: false).Classes);
        Assert.IsTrue(Load(folder, ["1", "2", "1", "2"], isRegression: true).IsRegression);
        Assert.Contains("line 3 has 'b', and 1 more of 4 cells are like it", Assert.ThrowsExactly<UserException>(() => Load(folder, ["1", "b", "3", "c"], isRegression: true)).Message);
    }

    [TestMethod]
    [DataRow("Yes;yes;no", "the classes 'Yes' and 'yes' differ only in case or blanks")]
    [DataRow("a; a;b", "the classes 'a' and ' a' differ only in blanks")]
    [DataRow("1;1.0;2;x", "the classes '1' and '1.0' differ only in how the number is written")]
    [DataRow("1;1.0;2", "the classes '1' and '1.0' differ only in how the number is written")]
    [DataRow("New York;NEW  YORK;Rome", "differ only in case or blanks")]
    public void Classes_that_people_would_take_for_one_are_told(string classes, string note)
    {
        using var folder = new TemporaryFolder();
        string[] labels = classes.Split(';');
        Assert.Contains(note, string.Join(' ', Load(folder, labels.Concat(labels)).Notes));
    }

    [TestMethod]
    public void Classes_of_one_row_are_told()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("has classes of one row: 'c', 'd'.", string.Join(' ', Load(folder, ["a", "a", "b", "b", "c", "d"]).Notes));
        Assert.IsEmpty(Load(folder, ["a", "a", "b", "b"]).Notes);
    }

    private static LabeledTable Load(TemporaryFolder folder, IEnumerable<string> labels, bool? isRegression = null) => LabeledTable.Load(
        folder.File("table.csv", "x,y\n" + string.Concat(labels.Select((label, i) => $"{i},{label}\n"))), new TableOptions("y") { IsRegression = isRegression });
}
