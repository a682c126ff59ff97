using EE569.Experiments.Tables;

namespace EE569.Experiments.Tests.Tables;

/// <summary>The rules held against 48 real tables whose columns were looked at by hand (Golden/tables.md).</summary>
[TestClass]
public sealed class RealTablesTests
{
    private static readonly string folder = Path.Combine(AppContext.BaseDirectory, "Golden");

    [TestMethod]
    public void The_kinds_and_missing_cells_of_721_columns_are_called_right()
    {
        var wrong = new List<string>();
        string[][] labels = [.. File.ReadLines(Path.Combine(folder, "table-columns.tsv")).Skip(1).Select(line => line.Split('\t'))];
        foreach (IGrouping<string, string[]> table in labels.GroupBy(label => label[0]))
        {
            using TableFile file = TableFile.Open(Path.Combine(folder, "Tables", table.Key));
            var columns = file.Read(_ => null).Select(reader => reader.Column()).ToDictionary(column => column.Name);
            CollectionAssert.AreEqual(table.Select(label => label[1]).ToArray(), columns.Keys.ToArray(), table.Key);
            foreach (string[] label in table)
            {
                LoadedColumn column = columns[label[1]];
                string kind = column.Distinct == 0 ? "none" : column.Kind.ToString().ToLowerInvariant();
                if (kind != label[2])
                {
                    wrong.Add($"{table.Key}: {column.Name} is {label[2]}, read as {kind}");
                }

                if ($"{column.Missing}" != label[3])
                {
                    wrong.Add($"{table.Key}: {column.Name} has {label[3]} missing, read as {column.Missing}");
                }
            }
        }

        Assert.HasCount(721, labels);
        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }

    [TestMethod]
    [DataRow("ames.csv", "comma separated, utf-8")]
    [DataRow("attrition.csv", "comma separated, utf-8, the first column has no name and is left out")]
    [DataRow("biomass.csv", "semicolon separated, decimal comma, utf-8")]
    [DataRow("drinks.csv", "semicolon separated, utf-8")]
    [DataRow("cells.tsv", "tab separated, utf-8")]
    [DataRow("mlc-churn.txt", "pipe separated, utf-8")]
    public void Their_dialects_are_recognised(string table, string dialect)
    {
        using TableFile file = TableFile.Open(Path.Combine(folder, "Tables", table));
        Assert.AreEqual(dialect, file.Description);
    }

    [TestMethod]
    public void Namibia_is_no_missing_value_and_neither_is_North_America()
    {
        using var temporary = new TemporaryFolder();
        string path = Path.Combine(temporary.Path, "countries.csv");
        string[][] countries = [["Namibia", "NA", "AF"], ["Canada", "CA", "NA"], ["Mexico", "MX", "NA"], ["Kenya", "KE", "AF"], ["Chile", "CL", "SA"], ["Nepal", "NP", "AS"], ["Malta", "MT", "EU"]];
        File.WriteAllLines(path, ["country,code,continent", .. countries.Select(cells => string.Join(',', cells))]);

        using TableFile file = TableFile.Open(path);
        var columns = file.Read(_ => null).Select(reader => reader.Column()).ToDictionary(column => column.Name);
        CollectionAssert.Contains(columns["code"].Values.Cast<string>().ToArray(), "NA");
        CollectionAssert.Contains(columns["continent"].Values.Cast<string>().ToArray(), "NA");
    }
}
