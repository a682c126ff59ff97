using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>SaveAsText writes what ML.NET writes, and the loader reads it back.</summary>
[TestClass]
public class TextSaverTests
{
    private static readonly GoldenFile Golden = new("text_loader.json");

    private static readonly Row[] Rows =
    [
        new() { S = "plain", F = 1.5f, V = [1, 0, 0, 0, 2], B = true },
        new() { S = "with, comma", F = float.NaN, V = [1, 2, 3, 4, 5], B = false },
        new() { S = "say \"hi\"", F = 1e-7f, V = [0, 0, 0, 0, 0], B = true },
        new() { S = "", F = 0, V = [0, 0, 0.1f, 0, 0], B = true },
    ];

    [TestMethod]
    [DataRow("default_tab_header_schema", '\t', true, true, false)]
    [DataRow("comma_header_noschema", ',', true, false, false)]
    [DataRow("comma_header_noschema_dense", ',', true, false, true)]
    [DataRow("comma_noheader_noschema", ',', false, false, false)]
    public void Text_is_that_of_ML_NET(string name, char separator, bool header, bool schema, bool dense) =>
        Assert.AreEqual((string)Golden["save_as_text"][name]!, Save(Rows, separator, header, schema, dense));

    [TestMethod]
    [DataRow("110000110001", "1,1,10,4:1,5:1,9:1")]
    [DataRow("0000000000000", "13,0:0")]
    [DataRow("101000000000", "1,0,1,9,0:0")]
    [DataRow("010000", "0,1,0,0,0,0")]
    [DataRow("001000", "6,2:1")]
    [DataRow("10001001", "1,7,3:1,6:1")]
    [DataRow("1110011011", "1,1,1,0,0,1,1,0,1,1")]
    public void Line_ends_sparsely_where_that_saves_most(string digits, string expected)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, string.Join(',', digits.ToCharArray()));
            var ml = new MLContext(1);
            TextLoader.Column[] columns =
                [.. Enumerable.Range(0, digits.Length).Select(i => new TextLoader.Column($"C{i}", DataKind.Single, i))];
            using var stream = new MemoryStream();
            ml.Data.SaveAsText(ml.Data.LoadFromTextFile(path, columns, ','), stream, ',', headerRow: false, schema: false);
            Assert.AreEqual(expected + "\n", Encoding.UTF8.GetString(stream.ToArray()));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    [DataRow('\t')]
    [DataRow(',')]
    [DataRow(';')]
    public void Loader_reads_back_what_was_saved(char separator)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Save(Rows, separator, header: true, schema: true, dense: false));
            TextLoader.Column[] columns =
            [
                new("S", DataKind.String, 0), new("F", DataKind.Single, 1), new("V", DataKind.Single, 2, 6), new("B", DataKind.Boolean, 7),
            ];
            var ml = new MLContext(1);
            IDataView view = ml.Data.LoadFromTextFile(path, columns, separator, hasHeader: true, allowQuoting: true, allowSparse: true);
            Row[] loaded = [.. ml.Data.CreateEnumerable<Row>(view, reuseRowObject: false)];
            Assert.HasCount(Rows.Length, loaded);
            foreach ((Row expected, Row actual) in Rows.Zip(loaded))
            {
                Assert.AreEqual((expected.S, expected.F, expected.B), (actual.S, actual.F, actual.B));
                CollectionAssert.AreEqual(expected.V, actual.V);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Save(IEnumerable<Row> rows, char separator, bool header, bool schema, bool dense)
    {
        var ml = new MLContext(1);
        using var stream = new MemoryStream();
        ml.Data.SaveAsText(ml.Data.LoadFromEnumerable(rows), stream, separator, header, schema, forceDense: dense);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class Row
    {
        public string S { get; set; } = "";

        public float F { get; set; }

        [VectorType(5)]
        public float[] V { get; set; } = [];

        public bool B { get; set; }
    }
}
