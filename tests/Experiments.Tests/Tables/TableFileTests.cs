using System.Globalization;
using System.IO.Compression;
using System.Text;
using EE569.Experiments.Tables;
using Microsoft.Data.Analysis;

namespace EE569.Experiments.Tests.Tables;

/// <summary>Any table in: what is recognised of its dialect and its columns.</summary>
[TestClass]
public sealed class TableFileTests
{
    private const string Plain = "name,height,born\nAda,1.5,1815-12-10\nAlan,1.8,1912-06-23\n\"Noether, Emmy\",1.6,1882-03-23\n";

    [TestMethod]
    [DataRow(Plain, "comma separated, utf-8")]
    [DataRow("name;height;born\nAda;1,5;1815-12-10\nAlan;1,8;1912-06-23\nNoether, Emmy;1,6;1882-03-23\n", "semicolon separated, decimal comma, utf-8")]
    [DataRow("name\theight\tborn\nAda\t1.5\t1815-12-10\nAlan\t1.8\t1912-06-23\nNoether, Emmy\t1.6\t1882-03-23\n", "tab separated, utf-8")]
    [DataRow("name|height|born\nAda|1.5|1815-12-10\nAlan|1.8|1912-06-23\nNoether, Emmy|1.6|1882-03-23\n", "pipe separated, utf-8")]
    [DataRow("sep=;\nname;height;born\nAda;1.5;1815-12-10\nAlan;1.8;1912-06-23\nNoether, Emmy;1.6;1882-03-23\n", "semicolon separated (says its first line), utf-8")]
    [DataRow("sep=#\r\nname#height#born\r\nAda#1.5#1815-12-10\r\nAlan#1.8#1912-06-23\r\nNoether, Emmy#1.6#1882-03-23\r\n", "'#' separated (says its first line), utf-8, CRLF")]
    [DataRow("name, height, born\nAda, 1.5, 1815-12-10\nAlan, 1.8, 1912-06-23\n\"Noether, Emmy\", 1.6, 1882-03-23\n", "comma separated, utf-8, blanks behind separators left away")]
    [DataRow("born, name, height\n1815-12-10, Ada, 1.5\n1912-06-23, Alan, 1.8\n1882-03-23, \"Noether, Emmy\", 1.6\n", "comma separated, utf-8, blanks behind separators left away")]
    [DataRow("name,height,born,\nAda,1.5,1815-12-10,\nAlan,1.8,1912-06-23,\n\"Noether, Emmy\",1.6,1882-03-23,\n", "comma separated, utf-8, separator at the end of lines")]
    [DataRow("name,height,born\nAda,1.5,1815-12-10,\nAlan,1.8,1912-06-23,\n\"Noether, Emmy\",1.6,1882-03-23,\n", "comma separated, utf-8, separator at the end of lines")]
    [DataRow(",name,height,born\n1,Ada,1.5,1815-12-10\n2,Alan,1.8,1912-06-23\n3,\"Noether, Emmy\",1.6,1882-03-23\n", "comma separated, utf-8, the first column has no name and is left out")]
    [DataRow("\"name\",\"height\",\"born\"\n\"1\",\"Ada\",1.5,1815-12-10\n\"2\",\"Alan\",1.8,1912-06-23\n\"3\",\"Noether, Emmy\",1.6,1882-03-23\n", "comma separated, utf-8, the first column has no name and is left out")]
    [DataRow("name,height,born\r\nAda,1.5,1815-12-10\r\nAlan,1.8,1912-06-23\r\n\"Noether, Emmy\",1.6,1882-03-23", "comma separated, utf-8, CRLF")]
    [DataRow("name,height,born\rAda,1.5,1815-12-10\rAlan,1.8,1912-06-23\r\"Noether, Emmy\",1.6,1882-03-23\r", "comma separated, utf-8")]
    [DataRow("\n\nname,height,born\n\nAda,1.5,1815-12-10\nAlan,1.8,1912-06-23\n\n\"Noether, Emmy\",1.6,1882-03-23\n\n", "comma separated, utf-8")]
    public void Every_dialect_is_recognised_and_read_alike(string text, string description)
    {
        using var folder = new TemporaryFolder();
        (string found, LoadedColumn[] columns) = Read(folder.File("table.csv", text));

        Assert.AreEqual(description, found);
        CollectionAssert.AreEquivalent(new[] { "name", "height", "born" }, columns.Select(column => column.Name).ToArray());
        Dictionary<string, DataFrameColumn> cells = columns.ToDictionary(column => column.Name, column => column.Values);
        CollectionAssert.AreEqual(new[] { "Ada", "Alan", "Noether, Emmy" }, ((StringDataFrameColumn)cells["name"]).ToArray());
        CollectionAssert.AreEqual(new float?[] { 1.5f, 1.8f, 1.6f }, ((SingleDataFrameColumn)cells["height"]).ToArray());
        CollectionAssert.AreEqual(new DateTime?[] { new(1815, 12, 10), new(1912, 6, 23), new(1882, 3, 23) }, ((DateTimeDataFrameColumn)cells["born"]).ToArray());
    }

    [TestMethod]
    [DataRow("utf-8", true, "utf-8 with a byte order mark")]
    [DataRow("utf-16", true, "utf-16 with a byte order mark")]
    [DataRow("utf-16BE", true, "utf-16BE with a byte order mark")]
    [DataRow("utf-16", false, "utf-16")]
    [DataRow("windows-1252", false, "windows-1252")]
    public void Every_encoding_gives_the_same_texts(string name, bool hasMark, string named)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "table.csv");
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        File.WriteAllBytes(file, [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("café,x\nnaïve,1\nÉté,2\n")]);

        (string description, LoadedColumn[] columns) = Read(file, new ReadingOptions(Encoding: named == "windows-1252" ? name : null));

        Assert.AreEqual($"comma separated, {named}", description);
        Assert.AreEqual("café", columns[0].Name);
        CollectionAssert.AreEqual(new[] { "naïve", "Été" }, ((StringDataFrameColumn)columns[0].Values).ToArray());
    }

    [TestMethod]
    [DataRow("a,b\nx,1\ny\xE9,2\ny\xE8,3\n", null, "line 3 has bytes that are not utf-8: name its encoding")]
    [DataRow("a,b\r\nx,1\r\n\"y\r\ny\",2\r\n\xE8,3\r\n", null, "line 5 has bytes that are not utf-8")]
    [DataRow("a,b\nx,1\n\xC3", null, "line 3 has bytes that are not utf-8")]
    [DataRow("a,b\nx,1\n\x81,2\n", "shift_jis", "line 3 has bytes that are not shift_jis: name another --encoding")]
    [DataRow("a,b\nx,1\n", "klingon", "no encoding 'klingon'")]
    public void Bytes_that_are_not_of_the_encoding_are_an_error_that_names_the_line(string latin, string? encoding, string message)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "table.csv");
        File.WriteAllBytes(file, Encoding.Latin1.GetBytes(latin));
        Assert.Contains(message, Assert.ThrowsExactly<UserException>(() => Read(file, new ReadingOptions(Encoding: encoding))).Message);

        // Far behind the sample too.
        File.WriteAllBytes(file, [.. Encoding.ASCII.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat("x,1\n", 100_000))), 0xE9, (byte)'\n']);
        Assert.Contains("line 100002 has bytes that are not utf-8", Assert.ThrowsExactly<UserException>(() => Read(file)).Message);
    }

    [TestMethod]
    public void Gzip_is_unpacked()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "table.csv.gz");
        using (var gzip = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Plain));
        }

        Assert.AreEqual("comma separated, utf-8, gzip", Read(file).Description);
        Assert.Contains("Unpack it", Assert.ThrowsExactly<UserException>(() => Read(Zip(folder))).Message);

        static string Zip(TemporaryFolder folder)
        {
            string file = Path.Combine(folder.Path, "table.zip");
            using ZipArchive archive = ZipFile.Open(file, ZipArchiveMode.Create);
            archive.CreateEntry("table.csv");
            return file;
        }
    }

    [TestMethod]
    [DataRow("1;2.5;-3", CellKind.Number, 0)]
    [DataRow("1;NA;?;-;;N/A;null;nan;**;3", CellKind.Number, 8)]
    [DataRow("$1,200;$900;-", CellKind.Number, 1)]
    [DataRow("12 %;5%;0", CellKind.Number, 0)]
    [DataRow("12 %;5%;7", CellKind.Text, 0)]
    [DataRow("$5;€5", CellKind.Text, 0)]
    [DataRow("02134;10001", CellKind.Text, 0)]
    [DataRow("1;two;3", CellKind.Text, 0)]
    [DataRow("1e999;2", CellKind.Number, 1)]
    [DataRow("yes;no;Yes;NA", CellKind.Boolean, 1)]
    [DataRow("true;FALSE", CellKind.Boolean, 0)]
    [DataRow("T;F;T", CellKind.Boolean, 0)]
    [DataRow("y;n;x", CellKind.Text, 0)]
    [DataRow("yes;yes", CellKind.Boolean, 0)]
    [DataRow("yes;none", CellKind.Text, 0)]
    [DataRow("T;T", CellKind.Text, 0)]
    [DataRow("yes;false", CellKind.Text, 0)]
    [DataRow("2015-01-31;NA;2016-02-29", CellKind.Date, 1)]
    [DataRow("2015-01-31;1/31/2015", CellKind.Text, 0)]
    [DataRow("3/4/2015;25/12/2015", CellKind.Date, 0)]
    [DataRow("3/4/2015;12/25/2015", CellKind.Date, 0)]
    [DataRow("3/4/2015;5/6/2015", CellKind.Text, 0)]
    [DataRow("13/4/2015;5/16/2015", CellKind.Text, 0)]
    [DataRow("1/1/2015;1/2/2015;1/3/2015", CellKind.Date, 0)]
    [DataRow("male;NA;female", CellKind.Text, 1)]
    [DataRow("NA;DE;FR;IT;ES", CellKind.Text, 0)]
    [DataRow("AF;NA;EU;AS", CellKind.Text, 0)]
    [DataRow("gas;?;diesel; ", CellKind.Text, 2)]
    [DataRow("None;BrkFace", CellKind.Text, 0)]
    [DataRow(";;", CellKind.Number, 3)]
    public void A_column_is_what_its_cells_are(string cells, object expected, int missing)
    {
        using var folder = new TemporaryFolder();
        var kind = (CellKind)expected;
        string[] column = cells.Split(';');

        // The second time behind a thousand rows of nothing, so that the sample tells nothing, or the wrong thing.
        foreach (int before in new[] { 0, 20_000 })
        {
            LoadedColumn read = Read(folder.File("column.csv", "x,value\n" + string.Concat(Enumerable.Repeat("1,\n", before)) + string.Concat(column.Select(cell => $"1,\"{cell}\"\n")))).Columns[1];

            Assert.AreEqual(kind == CellKind.Boolean && before > 0 && read.Distinct < 2 ? CellKind.Text : kind, read.Kind);
            Assert.AreEqual(missing + before, read.Missing);
            Assert.AreEqual(column.Length + before, read.Values.Length);
        }
    }

    [TestMethod]
    public void The_order_of_day_and_month_found_late_holds_for_the_rows_before()
    {
        using var folder = new TemporaryFolder();
        DateTime?[] Dates(string text) => [.. (DateTimeDataFrameColumn)Read(folder.File("dates.csv", text)).Columns[1].Values];

        CollectionAssert.AreEqual(new DateTime?[] { new(2015, 4, 3), null, new(2015, 12, 25), new(2016, 2, 1) }, Dates("x,d\n1,3/4/2015\n1,\n1,25/12/2015\n1,1/2/2016\n"));
        CollectionAssert.AreEqual(new DateTime?[] { new(2015, 3, 4, 13, 5, 0), new(2015, 12, 25) }, Dates("x,d\n1,3/4/2015 1:05 PM\n1,12/25/2015\n"));
        CollectionAssert.AreEqual(new DateTime?[] { new(2015, 1, 1), new(2015, 2, 1), new(2015, 3, 1) }, Dates("x,d\n1,1/1/2015\n1,1/2/2015\n1,1/3/2015\n"));
    }

    [TestMethod]
    public void Words_of_the_user_for_missing_values_take_the_place_of_the_usual_ones()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("table.csv", "x,y\n-999,NA\n2,b\n3,-999\n");
        LoadedColumn[] columns = Read(file, new ReadingOptions(Missing: ["-999"])).Columns;

        CollectionAssert.AreEqual(new float?[] { float.NaN, 2, 3 }, ((SingleDataFrameColumn)columns[0].Values).ToArray());
        CollectionAssert.AreEqual(new[] { "NA", "b", null }, ((StringDataFrameColumn)columns[1].Values).ToArray());
    }

    [TestMethod]
    public void Columns_without_a_name_or_of_the_same_name_are_numbered_and_told()
    {
        using var folder = new TemporaryFolder();
        (string description, LoadedColumn[] columns) = Read(folder.File("table.csv", "a,,a,a 2,a\n1,2,3,4,5\n"));

        CollectionAssert.AreEqual(new[] { "a", "column 2", "a 3", "a 2", "a 4" }, columns.Select(column => column.Name).ToArray());
        Assert.Contains("those of the same name are numbered", description);
    }

    [TestMethod]
    public void Equal_texts_beyond_those_that_are_kept_once_are_texts_all_the_same()
    {
        using var folder = new TemporaryFolder();
        const int Rows = 100_000;
        LoadedColumn column = Read(folder.File("texts.csv", "x,t\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"1,t{i}\n"))))).Columns[1];

        Assert.AreEqual("> 65536", column.DistinctText);
        CollectionAssert.AreEqual(Enumerable.Range(0, Rows).Select(i => $"t{i}").ToArray(), ((StringDataFrameColumn)column.Values).ToArray());
    }

    private static (string Description, LoadedColumn[] Columns) Read(string path, ReadingOptions? options = null)
    {
        using TableFile file = TableFile.Open(path, options);
        return (file.Description, [.. file.Read(_ => null).Select(reader => reader.Column())]);
    }
}
