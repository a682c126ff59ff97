using System.Globalization;
using System.Text;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>What the golden cases leave open: types of results, nulls, wrong use, CSV round trips, memory.</summary>
[TestClass]
public class DataFrameTests
{
    private static readonly Int32DataFrameColumn Numbers = new("N", new int?[] { 3, null, -1, 3 });
    private static readonly StringDataFrameColumn Texts = new("S", ["b", null!, "a", "b"]);

    [TestMethod]
    public void A_pipeline_trains_on_a_frame_as_in_ML_NET()
    {
        var golden = new GoldenFile("dataframe.json").Case("pipeline")["outcome"]!;
        var ml = new MLContext(1);
        IDataView view = DataFrame.LoadCsv(Path.Combine(AppContext.BaseDirectory, "Golden", "iris.csv"));
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.Concatenate("Features", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth"))
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(pipeline.Fit(view).Transform(view));
        Assert.AreEqual((double)golden["MicroAccuracy"]!, metrics.MicroAccuracy, 1e-12);
        // Its last digits depend on the number of threads.
        Assert.AreEqual((double)golden["LogLoss"]!, metrics.LogLoss, 1e-3 * (double)golden["LogLoss"]!);
    }

    [TestMethod]
    public void Operands_of_different_types_give_Double_and_with_Decimal_give_Decimal()
    {
        DataFrameColumn single = new SingleDataFrameColumn("F", [1.5f]);
        DataFrameColumn integer = new Int32DataFrameColumn("I", [7]);
        DataFrameColumn exact = new DecimalDataFrameColumn("M", [2m]);
        Assert.IsInstanceOfType<SingleDataFrameColumn>(single * 2f);
        Assert.IsInstanceOfType<DoubleDataFrameColumn>(single * 2);
        Assert.IsInstanceOfType<DoubleDataFrameColumn>(single + integer);
        Assert.IsInstanceOfType<DecimalDataFrameColumn>(integer / exact);
        Assert.IsInstanceOfType<Int32DataFrameColumn>(integer / 2);
        Assert.AreEqual(-2, (5 - integer)[0]);
        Assert.AreEqual(2, (16 / integer)[0]);
        Assert.AreEqual(3.5, (integer / 2.0)[0]);
    }

    [TestMethod]
    public void A_null_stays_null_in_arithmetic_and_counts_as_zero_in_a_comparison()
    {
        DataFrameColumn sum = (DataFrameColumn)Numbers + 1;
        CollectionAssert.AreEqual(new object?[] { 4, null, 0, 4 }, Values(sum));
        CollectionAssert.AreEqual(new object?[] { false, true, true, false }, Values(((DataFrameColumn)Numbers).ElementwiseLessThan(1)));
        DataFrameColumn texts = Texts;
        CollectionAssert.AreEqual(new object?[] { true, true, true, true }, Values(texts.ElementwiseEquals(texts)));
    }

    [TestMethod]
    public void Conditions_combine_and_are_null_where_either_is()
    {
        DataFrameColumn left = new BooleanDataFrameColumn("L", new bool?[] { true, null, false, true });
        DataFrameColumn right = new BooleanDataFrameColumn("R", new bool?[] { true, true, null, false });
        CollectionAssert.AreEqual(new object?[] { true, null, null, false }, Values(left & right));
        CollectionAssert.AreEqual(new object?[] { true, null, null, true }, Values(left.Or(right)));
        Assert.ThrowsExactly<NotSupportedException>(() => left & new StringDataFrameColumn("S", 4));
    }

    [TestMethod]
    public void Text_is_not_for_arithmetic_and_dates_are_ordered()
    {
        DataFrameColumn dates = new DateTimeDataFrameColumn("D", [new DateTime(2020, 1, 1), new DateTime(2021, 1, 1)]);
        DataFrameColumn later = new DateTimeDataFrameColumn("D", [new DateTime(2020, 6, 1), new DateTime(2020, 6, 1)]);
        CollectionAssert.AreEqual(new object?[] { false, true }, Values(dates.ElementwiseGreaterThan(later)));
        Assert.ThrowsExactly<NotSupportedException>(() => dates + 1);
        Assert.ThrowsExactly<ArgumentException>(() => (DataFrameColumn)Numbers + new Int32DataFrameColumn("Short", [1]));
    }

    [TestMethod]
    public void Descending_order_is_the_reverse_of_ascending_with_nulls_last()
    {
        var frame = new DataFrame(
            new Int32DataFrameColumn("K", new int?[] { 2, 1, 2, 1, null, null, 2 }),
            new Int32DataFrameColumn("V", [0, 1, 2, 3, 4, 5, 6]));
        CollectionAssert.AreEqual(new object?[] { 1, 3, 0, 2, 6, 4, 5 }, Values(frame.OrderBy("K")["V"]));
        CollectionAssert.AreEqual(new object?[] { 6, 2, 0, 3, 1, 4, 5 }, Values(frame.OrderByDescending("K")["V"]));
        var texts = new StringDataFrameColumn("S", ["a", "B", "é", "_", "A"]);
        CollectionAssert.AreEqual(new object?[] { "A", "B", "_", "a", "é" }, Values(texts.Sort()));
    }

    [TestMethod]
    public void Grouping_leaves_null_keys_out_and_the_mean_counts_null_values_as_zero()
    {
        var frame = new DataFrame(Texts.Clone(), new SingleDataFrameColumn("V", new float?[] { 1, 2, 3, null }));
        CollectionAssert.AreEqual(new object?[] { "b", "a" }, Values(frame.GroupBy("S").Count()["S"]));
        CollectionAssert.AreEqual(new object?[] { 1L, 1L }, Values(frame.GroupBy("S").Count()["V"]));
        CollectionAssert.AreEqual(new object?[] { 0.5, 3.0 }, Values(frame.GroupBy("S").Mean("V")["V"]));
        Assert.ThrowsExactly<ArgumentException>(() => frame.GroupBy("Nope"));
    }

    [TestMethod]
    public void Extremes_skip_nulls_and_are_NaN_if_a_value_is()
    {
        Assert.AreEqual(-3, new Int32DataFrameColumn("N", new int?[] { null, -3, -5 }).Max());
        Assert.AreEqual(double.NaN, new DoubleDataFrameColumn("N", [3, double.NaN, 5]).Max());
        Assert.AreEqual(double.NaN, new DoubleDataFrameColumn("N", [3, double.NaN, 5]).Min());
        Assert.IsNull(new DoubleDataFrameColumn("N", 2).Sum());
        Assert.AreEqual(0, new DoubleDataFrameColumn("N").Mean());
    }

    [TestMethod]
    public void Columns_have_one_length_and_different_names()
    {
        var frame = new DataFrame(Numbers.Clone(), Texts.Clone());
        Assert.ThrowsExactly<ArgumentException>(() => frame.Columns.Add(new Int32DataFrameColumn("N", [1, 2, 3, 4])));
        Assert.ThrowsExactly<ArgumentException>(() => frame.Columns.Add(new Int32DataFrameColumn("M", [1])));
        frame.Columns.RenameColumn("N", "M");
        frame.Columns.Insert(0, new Int32DataFrameColumn("First", [1, 2, 3, 4]));
        frame.Columns.Remove("S");
        CollectionAssert.AreEqual(new[] { "First", "M" }, frame.Columns.Select(column => column.Name).ToArray());
        Assert.AreEqual(-1, frame.Columns.IndexOf("m"));
    }

    [TestMethod]
    public void Nulls_are_tracked_wherever_they_are_set()
    {
        var column = new Int32DataFrameColumn("N", Enumerable.Range(0, 200));
        var expected = Enumerable.Range(0, 200).Select(i => (int?)i).ToArray();
        var random = new Random(1);
        for (int i = 0; i < 1000; i++)
        {
            int row = random.Next(200);
            int? value = random.Next(3) == 0 ? null : i;
            column[row] = value;
            expected[row] = value;
            Assert.AreEqual(expected.Count(item => item is null), column.NullCount);
        }

        CollectionAssert.AreEqual(expected, column.ToArray());
        CollectionAssert.AreEqual(expected.Where(item => item is not null).ToArray(), column.DropNulls().ToArray());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => column[200]);
    }

    [TestMethod]
    [DataRow("X,Y\r\n1, a \r\n\r\n   \r\n2,\" b \"\r\n", "1 a|2 b")]
    [DataRow("X,Y\n1,a\"b\n2,\"c\"\n", "1 a\"b|2 c")]
    [DataRow("\n\nX,Y\n1,\"a\n\"\"b\"\"\"\n", "1 a\n\"b\"")]
    [DataRow("X,Y\n1,NULL\n2,null\n", "1 null|2 null")]
    [DataRow(" X , Y \n1,x", "1 x")]
    public void Csv_fields_are_trimmed_and_blank_lines_are_skipped(string text, string expected)
    {
        DataFrame frame = DataFrame.LoadCsvFromString(text);
        CollectionAssert.AreEqual(new[] { "X", "Y" }, frame.Columns.Select(column => column.Name).ToArray());
        Assert.AreEqual(expected, string.Join('|', frame.Rows.Select(row => string.Join(' ', row.Select(value => value ?? "null")))));
    }

    [TestMethod]
    public void A_quote_that_is_not_closed_is_refused() =>
        Assert.Throws<Exception>(() => DataFrame.LoadCsvFromString("X,Y\n1,\"a\n2,b\n"));

    [TestMethod]
    [DataRow("X\n1/2\n3/4\n", typeof(DateTime))]
    [DataRow("X\n1\nx\n", typeof(string))]
    [DataRow("X\n1\nnull\n", typeof(float))]
    [DataRow("X\ntrue\nFalse\n", typeof(bool))]
    [DataRow("X\n$3\n(3)\n", typeof(string))]
    public void Csv_types_are_guessed(string text, Type expected) =>
        Assert.AreEqual(expected, DataFrame.LoadCsvFromString(text)["X"].DataType);

    [TestMethod]
    public void Csv_types_may_be_given_and_empty_fields_are_null()
    {
        Type[] types =
        [
            typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
            typeof(float), typeof(double), typeof(decimal), typeof(char), typeof(bool), typeof(DateTime), typeof(string),
        ];
        DataFrame frame = DataFrame.LoadCsvFromString(
            "1,2,3,4,5,6,7,8,9,10,11,c,true,2020-01-02,s\n,,,,,,,,,,,,,,\n", header: false, dataTypes: types);
        CollectionAssert.AreEqual(types, frame.Columns.Select(column => column.DataType).ToArray());
        CollectionAssert.AreEqual(
            new object?[]
            {
                (byte)1, (sbyte)2, (short)3, (ushort)4, 5, 6u, 7L, 8ul, 9f, 10.0, 11m, 'c', true, new DateTime(2020, 1, 2), "s",
            },
            frame.Rows[0].ToArray());
        Assert.AreEqual(14, frame.Columns.Sum(column => column.NullCount));
        Assert.ThrowsExactly<OverflowException>(() => DataFrame.LoadCsvFromString("300\n", header: false, dataTypes: [typeof(byte)]));
        Assert.ThrowsExactly<FormatException>(() => DataFrame.LoadCsvFromString("maybe\n", header: false, dataTypes: [typeof(bool)]));
    }

    [TestMethod]
    public void Csv_errors_are_ML_NETs()
    {
        Assert.ThrowsExactly<FileNotFoundException>(() => DataFrame.LoadCsv("no_such_file.csv"));
        Assert.ThrowsExactly<ArgumentException>(() => DataFrame.LoadCsvFromString("X\n1\n", guessRows: 0));
        string longRow = "X,Y\n" + string.Concat(Enumerable.Repeat("1,2\n", 12)) + "1,2,3\n";
        Assert.ThrowsExactly<ArgumentException>(() => DataFrame.LoadCsvFromString(longRow));
        string shortRow = "X,Y\n" + string.Concat(Enumerable.Repeat("1,2\n", 12)) + "1\n";
        Assert.IsNull(DataFrame.LoadCsvFromString(shortRow)[12, 1]);
    }

    [TestMethod]
    public void What_is_saved_is_loaded_again()
    {
        var random = new Random(1);
        double?[] numbers = [.. Enumerable.Range(0, 500)
            .Select(i => i % 7 == 0 ? null : (double?)Math.ScaleB(random.NextDouble() - 0.5, random.Next(-300, 300)))];
        string[] texts = [.. Enumerable.Range(0, 500).Select(_ => new string(random.GetItems<char>("ab,\"; é", random.Next(1, 6))).Trim())];
        var frame = new DataFrame(new DoubleDataFrameColumn("D", numbers), new StringDataFrameColumn("S", texts));
        using var stream = new MemoryStream();
        DataFrame.SaveCsv(frame, stream, encoding: new UTF8Encoding(false), cultureInfo: CultureInfo.InvariantCulture);
        stream.Position = 0;
        DataFrame loaded = DataFrame.LoadCsv(
            stream, dataTypes: [typeof(double), typeof(string)], encoding: Encoding.UTF8, cultureInfo: CultureInfo.InvariantCulture);
        CollectionAssert.AreEqual(numbers, ((PrimitiveDataFrameColumn<double>)loaded["D"]).ToArray());
        CollectionAssert.AreEqual(texts, ((StringDataFrameColumn)loaded["S"]).ToArray());
    }

    [TestMethod]
    public void A_cursor_gives_the_columns_it_was_made_for()
    {
        IDataView view = new DataFrame(Numbers.Clone(), Texts.Clone());
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["S"]]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => cursor.GetGetter<int>(view.Schema["N"]));
        ValueGetter<ReadOnlyMemory<char>> getter = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["S"]);
        var texts = new List<string>();
        ReadOnlyMemory<char> text = default;
        while (cursor.MoveNext())
        {
            getter(ref text);
            texts.Add($"{cursor.Position}{text}");
        }

        CollectionAssert.AreEqual(new[] { "0b", "1", "2a", "3b" }, texts);
        Assert.AreEqual(4, view.GetRowCount());
    }

    [TestMethod]
    public void The_schema_follows_the_columns()
    {
        var frame = new DataFrame(Numbers.Clone());
        IDataView view = frame;
        DataViewSchema schema = view.Schema;
        Assert.AreSame(schema, view.Schema);
        frame["New"] = frame["N"] * 2.0;
        Assert.AreEqual("N Int32, New Double", string.Join(", ", view.Schema.Select(column => $"{column.Name} {column.Type}")));
    }

    private static object?[] Values(DataFrameColumn column) => [.. Enumerable.Range(0, (int)column.Length).Select(row => column[row])];
}
