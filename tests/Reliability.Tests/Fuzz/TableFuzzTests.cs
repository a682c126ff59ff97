using System.Text;
using EE569.Experiments;
using EE569.Experiments.Tables;
using Microsoft.Data.Analysis;

namespace EE569.Reliability.Tests.Fuzz;

/// <summary>What is read of a table is what Python's csv module reads of it; what is refused is refused in one line.</summary>
[TestClass]
public sealed class TableFuzzTests
{
    private static readonly (string Ours, string Python)[] encodings = [("utf-8", "utf-8"), ("utf-8", "utf-8-sig"), ("utf-16", "utf-16"), ("windows-1252", "cp1252")];

    static TableFuzzTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [TestMethod]
    public void Tables_in_any_dialect_are_read_as_Python_reads_them()
    {
        using var folder = new TemporaryFolder();
        using var python = new PythonCsv();
        string path = Path.Combine(folder.Path, "table.csv");
        Fuzzer.Run(1000, mutator =>
        {
            bool Chance(int of) => mutator.Random.Next(of) == 0;
            RealTable table = RealTable.Any(mutator);
            (string ours, string pythons) = mutator.Pick(encodings);

            // Without a fallback of its own, windows-1252 makes a comma of the Chinese one.
            Encoding encoding = pythons == "utf-8" ? new UTF8Encoding(false) : Encoding.GetEncoding(ours, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);
            char separator = mutator.Pick([',', ';', '\t', '|']);
            bool isGzip = Chance(8), hasSeparatorLine = Chance(8), hasBlanks = Chance(8) && !hasSeparatorLine;
            File.WriteAllBytes(path, table.Write(separator, encoding, Chance(3), hasBlanks, Chance(3) ? "\r\n" : "\n", !Chance(3), hasSeparatorLine, isGzip));

            var options = new ReadingOptions(Chance(2) ? separator : null, DecimalComma: false, ours == "windows-1252" ? ours : null);
            PythonCsv.Answer answer = python.Read(path, pythons, separator, hasBlanks, isGzip);
            string[][] rows = hasSeparatorLine ? answer.Rows[1..] : answer.Rows;
            CollectionAssert.AreEqual(table.Header.Select(name => encoding.GetString(encoding.GetBytes(name))).ToArray(), rows[0], "the test's own writer");
            Compare(path, options, rows, hasSeparatorLine ? answer.Numbers[1..] : answer.Numbers);
        });
    }

    [TestMethod]
    public void Damaged_tables_are_refused_in_one_line_or_read_as_Python_reads_them()
    {
        using var folder = new TemporaryFolder();
        using var python = new PythonCsv();
        string path = Path.Combine(folder.Path, "table.csv");
        Fuzzer.Run(1000, mutator =>
        {
            byte[] bytes = mutator.Damage(RealTable.Any(mutator).Write(mutator.Pick([',', ';', '\t', '|']), new UTF8Encoding(false), mutator.Random.Next(3) == 0, false, "\n", true, false, false));
            File.WriteAllBytes(path, bytes);
            Dialect dialect;
            using (TableFile file = TableFile.Open(path))
            {
                if (file is not CsvFile csv || bytes.Contains((byte)0))
                {
                    return;
                }

                dialect = csv.Dialect;
            }

            var plain = new Dialect(dialect.Separator, dialect.DecimalComma, dialect.Encoding) { HasBlanks = dialect.HasBlanks, HasWindowsLines = dialect.HasWindowsLines };
            PythonCsv.Answer answer = python.Read(path, dialect.Encoding.Replace(" with a byte order mark", "-sig", StringComparison.Ordinal), dialect.Separator, dialect.HasBlanks, isGzip: false);
            if (dialect == plain && answer.Error is null)
            {
                Compare(path, new ReadingOptions(dialect.Separator, DecimalComma: false), answer.Rows, answer.Numbers);
            }
        }, error => error is UserException && !error.Message.Contains('\n', StringComparison.Ordinal));
    }

    /// <summary>As texts cell by cell; and, read for what they are, columns of plain numbers to the bit.</summary>
    private static void Compare(string path, ReadingOptions options, string[][] rows, float?[][] numbers)
    {
        string description = "";
        LoadedColumn[] Read(CellKind? kind, ReadingOptions how)
        {
            using TableFile file = TableFile.Open(path, how);
            description = $"read as {file.Description}";
            return [.. file.Read(_ => kind).Select(reader => reader.Column())];
        }

        LoadedColumn[] texts = Read(CellKind.Text, options with { Missing = [] }), kinds = Read(null, options);
        Assert.HasCount(rows[0].Length, texts, description);
        for (int column = 0; column < texts.Length; column++)
        {
            string[] cells = [.. rows.Skip(1).Select(row => row[column])];

            // Where blanks stand behind separators, Python leaves those before a cell away, not those after it.
            string?[] Shown(IEnumerable<string?> texts) => [.. texts.Select(text => string.IsNullOrWhiteSpace(text) ? null : description.Contains("blanks", StringComparison.Ordinal) ? text.Trim(' ') : text)];
            CollectionAssert.AreEqual(Shown(cells), Shown((StringDataFrameColumn)texts[column].Values), $"{description}: {string.Join('¦', cells)}");
            float?[] plain = [.. numbers.Skip(1).Select(row => row[column])];
            bool IsEmpty(string cell) => cell.Trim(' ', '\t', '\r', '\n', '\f', '\v').Length == 0;
            if (plain.Any(number => number is not null) && plain.Zip(cells).All(pair => pair.First is not null || IsEmpty(pair.Second)))
            {
                Assert.AreEqual(CellKind.Number, kinds[column].Kind, $"{description}: {string.Join('¦', cells)}");
                CollectionAssert.AreEqual(plain.Select(number => number ?? float.NaN).ToArray(), ((SingleDataFrameColumn)kinds[column].Values).Select(number => number!.Value).ToArray(), description);
            }
        }
    }
}
