using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>Filters, ranges, shuffling, caching and preview pass on the right rows.</summary>
[TestClass]
public sealed class RowOperationTests
{
    private static readonly JsonNode Counts = new GoldenFile("transforms.json")["transforms"].AsArray()
        .Single(golden => (string)golden!["name"]! == "FilterRowsByColumn")!["counts"]!;

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_range_filter_includes_the_lower_bound_only()
    {
        IDataView filtered = _ml.Data.FilterRowsByColumn(TransformData.Iris(_ml), "PetalLength", lowerBound: 1.4f, upperBound: 5.1);
        Assert.AreEqual((int)Counts["FilterRowsByColumn"]!, filtered.GetColumn<float>("PetalLength").Count());
    }

    [TestMethod]
    public void Rows_with_missing_values_are_left_out()
    {
        IDataView data = TransformData.Missing(_ml);
        Assert.AreEqual("1, 4", string.Join(", ", _ml.Data.FilterRowsByMissingValues(data, "S").GetColumn<float>("S")));
        Assert.IsEmpty(_ml.Data.FilterRowsByMissingValues(data, "V").GetColumn<float>("S"));
        Assert.AreEqual("30, -5, 10, 30, 7, 10", string.Join(", ", _ml.Data.FilterRowsByMissingValues(TransformData.Keys(_ml), "F").GetColumn<int>("I")));
    }

    [TestMethod]
    public void Take_and_skip_cut_the_rows()
    {
        IDataView iris = TransformData.Iris(_ml);
        Assert.HasCount(3, _ml.Data.TakeRows(iris, 3).GetColumn<float>("PetalLength"));
        Assert.HasCount(2, _ml.Data.SkipRows(iris, 148).GetColumn<float>("PetalLength"));
        Assert.AreEqual(TransformData.IrisRows()[148].PetalLength, _ml.Data.SkipRows(iris, 148).GetColumn<float>("PetalLength").First());
        Assert.HasCount(150, _ml.Data.TakeRows(iris, 1000).GetColumn<float>("PetalLength"));
        Assert.IsEmpty(_ml.Data.SkipRows(iris, 1000).GetColumn<float>("PetalLength"));
    }

    [TestMethod]
    [DataRow(1000)]
    [DataRow(7)]
    [DataRow(1)]
    public void Shuffling_keeps_all_rows_whole_and_repeats_by_seed(int poolSize)
    {
        IDataView data = Numbers(500);
        int[] Order(int seed) => [.. _ml.Data.ShuffleRows(data, seed, poolSize).GetColumn<int>("Number")];
        CollectionAssert.AreEqual(Enumerable.Range(0, 500).ToArray(), Order(3).Order().ToArray());
        CollectionAssert.AreEqual(Order(3), Order(3));
        Assert.AreEqual(poolSize == 1, Order(3).SequenceEqual(Order(4)), "A pool of one row cannot shuffle objects, which come in their order.");
        foreach (NumberRow row in _ml.Data.CreateEnumerable<NumberRow>(_ml.Data.ShuffleRows(data, 3, poolSize), reuseRowObject: true))
        {
            Assert.AreEqual($"row {row.Number}", row.Text);
            CollectionAssert.AreEqual(new float[] { row.Number, -row.Number }, row.Vector);
        }
    }

    [TestMethod]
    public void A_cache_reads_its_source_once_per_column_and_gives_the_same_rows()
    {
        int reads = 0;
        IEnumerable<NumberRow> Rows()
        {
            reads++;
            for (int i = 0; i < 10; i++)
            {
                yield return Row(i);
            }
        }

        IDataView cached = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Rows()), "Number", "Text", "Vector");
        int afterFilling = reads;
        for (int pass = 0; pass < 3; pass++)
        {
            NumberRow[] rows = [.. _ml.Data.CreateEnumerable<NumberRow>(cached, reuseRowObject: false)];
            Assert.AreEqual("0, 1, 2, 3, 4, 5, 6, 7, 8, 9", string.Join(", ", rows.Select(row => row.Number)));
            Assert.IsTrue(rows.All(row => row.Text == $"row {row.Number}" && row.Vector[1] == -row.Number));
        }

        Assert.IsLessThanOrEqualTo(Math.Max(1, afterFilling), reads);
    }

    [TestMethod]
    public void A_preview_shows_rows_and_columns()
    {
        DataDebuggerPreview preview = Numbers(20).Preview(maxRows: 3);
        Assert.AreEqual("3 columns, 3 rows", preview.ToString());
        Assert.AreEqual("Number: Int32", preview.ColumnView[0].ToString());
        CollectionAssert.AreEqual(new object[] { 0, 1, 2 }, preview.ColumnView[0].Values);
        Assert.AreEqual("row 2", preview.RowView[2].Values[1].Value.ToString());
        Assert.AreEqual(-2f, ((VBuffer<float>)preview.RowView[2].Values[2].Value).GetItemOrDefault(1));
    }

    [TestMethod]
    public void Bad_requests_name_the_column_or_the_bound()
    {
        IDataView data = TransformData.Keys(_ml);
        AssertRefused("Schema mismatch for filter column 'T': expected number, got String (Parameter 'columnName')", () => _ml.Data.FilterRowsByColumn(data, "T", 0, 1));
        AssertRefused("Column 'Nope' not found (Parameter 'name')", () => _ml.Data.FilterRowsByColumn(data, "Nope", 0, 1));
        AssertRefused("Source column 'Nope' not found (Parameter 'Columns')", () => _ml.Data.FilterRowsByMissingValues(data, "Nope"));
        AssertRefused("Could not find prefetch column 'Nope' (Parameter 'columnsToPrefetch')", () => _ml.Data.Cache(data, "Nope"));
        AssertRefused("Must be greater than zero. (Parameter 'count')", () => _ml.Data.TakeRows(data, -1));
        AssertRefused("Must be greater than zero. (Parameter 'count')", () => _ml.Data.SkipRows(data, -1));
    }

    private static void AssertRefused(string message, Func<IDataView> request) =>
        Assert.AreEqual(message, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => request()).Message);

    private IDataView Numbers(int rows) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(Row).ToArray());

    private static NumberRow Row(int i) => new() { Number = i, Text = $"row {i}", Vector = [i, -i] };

    private sealed class NumberRow
    {
        public int Number;
        public string Text = "";

        [VectorType(2)]
        public float[] Vector = [];
    }
}
