using EE569.Experiments.Tables;

namespace EE569.Experiments.Tests.Tables;

/// <summary>The rules held against 60 real tables whose columns were looked at by hand (Golden/tables.md).</summary>
[TestClass]
public sealed class RealTablesTests
{
    /// <summary>
    /// Known wrong calls: dates as numbers (10142018), as months with a year of two digits (Sep-63), with a time of day among them or alone, a number with FALSE for none, and TRUE with nothing for its other half.
    /// </summary>
    private static readonly string[] wrongCalls =
    [
        "avengers.csv: Full/Reserve Avengers Intro is date, read as text",
        "avengers.csv: Probationary Introl is date, read as text",
        "impeachment-polls.csv: tracking is boolean, read as text",
        "squirrel-census.csv: Above Ground Sighter Measurement is number, read as text",
        "squirrel-census.csv: Date is date, read as number",
        "supermarket-sales.csv: Time is date, read as text",
        "tesla-stock-price.csv: date is date, read as text",
    ];

    private static readonly string folder = Path.Combine(AppContext.BaseDirectory, "Golden");

    [TestMethod]
    public void The_kinds_and_missing_cells_of_830_columns_are_called_right_but_for_seven()
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

        Assert.HasCount(830, labels);
        CollectionAssert.AreEqual(wrongCalls, wrong.Order(StringComparer.Ordinal).ToArray(), string.Join('\n', wrong));
    }

    [TestMethod]
    [DataRow("bank-full.csv", "semicolon separated, utf-8, CRLF")]
    [DataRow("global-super-store-orders.tsv", "tab separated, decimal comma, utf-8, the first column has no name and is left out")]
    [DataRow("adult-train.csv", "comma separated, utf-8, blanks behind separators left away")]
    [DataRow("winequality-red.csv", "comma separated, utf-8 with a byte order mark, CRLF")]
    [DataRow("country-codes.csv", "comma separated, utf-8")]
    public void Their_dialects_are_recognised(string table, string dialect)
    {
        using TableFile file = TableFile.Open(Path.Combine(folder, "Tables", table));
        Assert.AreEqual(dialect, file.Description);
    }

    [TestMethod]
    public void Namibia_is_no_missing_value_and_neither_is_North_America()
    {
        using TableFile file = TableFile.Open(Path.Combine(folder, "Tables", "country-codes.csv"));
        var columns = file.Read(_ => null).Select(reader => reader.Column()).ToDictionary(column => column.Name);
        CollectionAssert.Contains(columns["ISO3166-1-Alpha-2"].Values.Cast<string>().ToArray(), "NA");
        CollectionAssert.Contains(columns["Continent"].Values.Cast<string>().ToArray(), "NA");
    }
}
