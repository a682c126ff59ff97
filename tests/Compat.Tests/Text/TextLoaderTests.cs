using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>What the golden texts leave open: files, headers, samples, wrong options, wrong text, memory.</summary>
[TestClass]
public class TextLoaderTests
{
    private static readonly MLContext ML = new(1);
    private string _folder = "";

    public static IEnumerable<(TextLoader.Options Options, string Parameter)> WrongOptions =>
    [
        (new() { Separators = ['"'], Columns = [new("X", DataKind.Single, 0)] }, "Separator"),
        (new() { Separators = ['1'], Columns = [new("X", DataKind.Single, 0)] }, "Separator"),
        (new() { DecimalMarker = ';', Columns = [new("X", DataKind.Single, 0)] }, "DecimalMarker"),
        (new() { Separators = [','], DecimalMarker = ',', Columns = [new("X", DataKind.Single, 0)] }, "AllowQuoting"),
        (new() { Columns = [new() { Source = [new(0)] }] }, "Name"),
        (new() { Columns = [new() { Name = "X" }] }, "Source"),
        (new() { Columns = [new("X", DataKind.Single, [new(0, 2), new(1)])] }, "Source"),
        (new() { Columns = [new("X", DataKind.Single, [new(0, null)])] }, "Source"),
        (new() { Columns = [] }, "Source"),
        (new() { Columns = [new("X", DataKind.Int32, [new(0)], new KeyCount(3))] }, "Type"),
    ];

    [TestInitialize]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("text-loader").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DynamicData(nameof(WrongOptions))]
    public void Wrong_options_are_named(TextLoader.Options options, string parameter) =>
        Assert.AreEqual(parameter, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ML.Data.CreateTextLoader(options)).ParamName);

    [TestMethod]
    public void Wrong_ranges_are_refused()
    {
        var negative = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new TextLoader.Column("X", DataKind.Single, -1));
        Assert.AreEqual("index", negative.ParamName);
        var reversed = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new TextLoader.Range(3, 1));
        Assert.AreEqual("max", reversed.ParamName);
    }

    [TestMethod]
    [DataRow("1\n2\nx\n", "Could not parse value x in line 3, column I")]
    [DataRow("1\n\n 7x\n", "Could not parse value 7x in line 3, column I")]
    [DataRow("99999999999\n", "Could not parse value 99999999999 in line 1, column I")]
    public void A_bad_integer_is_named_with_its_line_and_column(string text, string message)
    {
        IDataView view = ML.Data.LoadFromTextFile(Write(text), [new("I", DataKind.Int32, 0)]);
        var exception = Assert.ThrowsExactly<FormatException>(() => view.GetColumn<int>("I").ToArray());
        StringAssert.Contains(exception.Message, message);
    }

    [TestMethod]
    public void A_bad_integer_in_a_vector_is_named_with_its_slot()
    {
        IDataView view = ML.Data.LoadFromTextFile(Write("1\t2\nx\t3\n"), [new("I", DataKind.Int32, 0, 1)]);
        var exception = Assert.ThrowsExactly<FormatException>(() => view.GetColumn<int[]>("I").ToArray());
        StringAssert.Contains(exception.Message, "Could not parse value x in slot 0 of column I in line 2");
    }

    [TestMethod]
    public void A_quote_that_is_never_closed_ends_the_reading()
    {
        TextLoader.Options options = new() { AllowQuoting = true, ReadMultilines = true, Columns = [new("S", DataKind.String, 0)] };
        IDataView view = ML.Data.LoadFromTextFile(Write("a\n\"b\nc\n"), options);
        Assert.ThrowsExactly<FormatException>(() => view.GetColumn<string>("S").ToArray());
    }

    [TestMethod]
    public void A_file_that_vanished_ends_the_reading()
    {
        IDataView view = ML.Data.CreateTextLoader([new("S", DataKind.String, 0)]).Load(Path.Combine(_folder, "gone.txt"));
        Assert.ThrowsExactly<FormatException>(() => view.GetColumn<string>("S").ToArray());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("gone.csv")]
    public void A_path_without_a_file_is_refused(string path) => Assert.AreEqual("path", Assert.ThrowsExactly<ArgumentOutOfRangeException>(
        () => ML.Data.LoadFromTextFile(path, [new("X", DataKind.Single, 0)])).ParamName);

    [TestMethod]
    public void The_header_of_the_file_names_the_slots_of_a_vector()
    {
        IDataView view = ML.Data.LoadFromTextFile(Write("\"first, col\", second ,,fourth\n1,2,3,4\n"), new TextLoader.Options
        {
            Separators = [','],
            HasHeader = true,
            AllowQuoting = true,
            Columns = [new("V", DataKind.Single, [new(3), new(0, 2)]), new("One", DataKind.Single, 3)],
        });
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["V"].GetSlotNames(ref names);
        Assert.AreEqual("fourth|first, col|second|", string.Join('|', names.DenseValues()));
        Assert.IsFalse(view.Schema["One"].HasSlotNames());
        CollectionAssert.AreEqual(new float[] { 4, 1, 2, 3 }, view.GetColumn<float[]>("V").Single());
    }

    [TestMethod]
    public void Without_columns_the_first_is_the_label_and_the_rest_are_features()
    {
        IDataView view = ML.Data.LoadFromTextFile(Write("0\t1\t2\n10\t11\t12\n"));
        CollectionAssert.AreEqual(new float[] { 0, 10 }, view.GetColumn<float>("Label").ToArray());
        CollectionAssert.AreEqual(new float[] { 11, 12 }, view.GetColumn<float[]>("Features").Last());
    }

    [TestMethod]
    public void A_range_to_the_end_takes_lines_of_one_length()
    {
        TextLoader.Options Options() => new()
        {
            Separators = [','],
            Columns = [new("L", DataKind.Single, 0), new("V", DataKind.Single, [new(1, null)])],
        };
        IDataView view = ML.Data.LoadFromTextFile(Write("0,1,2,3\n10,11,12,13\n"), Options());
        Assert.AreEqual("Vector<Single, 3>", view.Schema["V"].Type.ToString());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ML.Data.LoadFromTextFile(Write("0,1\n10,11,12,13\n"), Options()));
    }

    [TestMethod]
    [DataRow("#a\n//b\nc\n#d\n", "c|#d")]
    [DataRow("\n\na\r\n\r\nb", "a|b")]
    [DataRow("a\rb\r\n\nc", "a|b|c")]
    public void Comments_at_the_start_and_blank_lines_are_no_rows(string text, string expected)
    {
        IDataView view = ML.Data.LoadFromTextFile(Write(text), [new("S", DataKind.String, 0)]);
        Assert.AreEqual(expected, string.Join('|', view.GetColumn<string>("S")));
    }

    [TestMethod]
    [DataRow(false, "a|b |\"c\"|\"d\"|\"e\" |\"f\"x||\"\" |g \"h\"|i ")]
    [DataRow(true, "a|b |c|d|e||||g \"h\"|i ")]
    public void Quotes_count_at_the_start_of_a_field_only(bool allowQuoting, string expected)
    {
        string path = Write(" a, b ,\"c\", \"d\",\"e\" ,\"f\"x, , \"\" ,g \"h\",i \n");
        IDataView view = ML.Data.LoadFromTextFile(path, [new("S", DataKind.String, 0, 9)], ',', allowQuoting: allowQuoting);
        Assert.AreEqual(expected, string.Join('|', view.GetColumn<string[]>("S").Single()));
    }

    [TestMethod]
    [DataRow("1,,", 3, false)]
    [DataRow("1,1,", 3, true)]
    [DataRow("1,1,,", 4, false)]
    [DataRow("1,0,3,0", 4, true)]
    [DataRow("1,1,1,,", 5, true)]
    [DataRow("1,1,1,,,", 6, false)]
    [DataRow("1,1,1,1,,,", 7, true)]
    public void A_vector_is_dense_when_more_than_half_of_its_fields_hold_text(string line, int size, bool dense)
    {
        IDataView view = ML.Data.LoadFromTextFile(Write(line), [new("V", DataKind.Single, 0, size - 1)], ',');
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        Assert.IsTrue(cursor.MoveNext());
        VBuffer<float> vector = default;
        cursor.GetGetter<VBuffer<float>>(view.Schema[0])(ref vector);
        Assert.AreEqual((size, dense), (vector.Length, vector.IsDense));
    }

    [TestMethod]
    [DataRow("2147483647\t2147483646:1\n")]
    [DataRow("0\t2147483647\t2147483646:1\n")]
    [DataRow("0\t99999999999\t99999999998:1\n")]
    [DataRow("0\t5\t-1:1\t:2\t3:\n")]
    public void Sparse_lines_of_absurd_size_do_no_harm(string text)
    {
        TextLoader.Options options = new() { AllowSparse = true, HasHeader = true, Columns = [new("V", DataKind.Single, 0, 3)] };
        IDataView view = ML.Data.LoadFromTextFile(Write(text + text), options);
        Assert.HasCount(4, view.GetColumn<float[]>("V").Single());
    }

    [TestMethod]
    public void Files_follow_each_other_without_their_headers_up_to_the_last_row_wanted()
    {
        Write("h\n1\n2\n", "a.csv");
        Write("h\n3\n4\n", "b.csv");
        TextLoader.Options options = new() { HasHeader = true, MaxRows = 3, Columns = [new("X", DataKind.Single, 0)] };
        IDataView view = ML.Data.CreateTextLoader(options).Load(Path.Combine(_folder, "*.csv"));
        CollectionAssert.AreEqual(new float[] { 1, 2, 3 }, view.GetColumn<float>("X").ToArray());
    }

    [TestMethod]
    public void Of_two_columns_with_one_name_the_first_is_hidden()
    {
        IDataView view = ML.Data.LoadFromTextFile(Write("1,2\n"), [new("X", DataKind.Single, 0), new("X", DataKind.Single, 1)], ',');
        Assert.IsTrue(view.Schema[0].IsHidden);
        CollectionAssert.AreEqual(new float[] { 2 }, view.GetColumn<float>("X").ToArray());
    }

    [TestMethod]
    public void Every_cursor_reads_the_file_anew()
    {
        string path = Write("1\n");
        IDataView view = ML.Data.LoadFromTextFile(path, [new("X", DataKind.Single, 0)]);
        Assert.HasCount(1, view.GetColumn<float>("X"));
        File.AppendAllText(path, "2\n3\n");
        Assert.HasCount(3, view.GetColumn<float>("X"));
        Assert.IsNull(view.GetRowCount());
    }

    [TestMethod]
    public void Numbers_are_read_as_the_runtime_reads_them()
    {
        var random = new Random(1);
        float[] singles = [.. Enumerable.Range(0, 2000)
            .Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))).Where(float.IsFinite)];
        string[] formats = ["R", "F3", "F9", "E4", "G5"];
        string[] tokens = [.. singles.SelectMany(single => formats.Select(format => single.ToString(format)))];
        IDataView view = ML.Data.LoadFromTextFile(
            Write(string.Join('\n', tokens)), [new("X", DataKind.Single, 0), new("D", DataKind.Double, 0)]);
        CollectionAssert.AreEqual(tokens.Select(float.Parse).ToArray(), view.GetColumn<float>("X").ToArray());
        CollectionAssert.AreEqual(tokens.Select(double.Parse).ToArray(), view.GetColumn<double>("D").ToArray());
    }

    [TestMethod]
    public void Memory_stays_flat_however_long_the_text()
    {
        const long Size = 64 << 20;
        TextLoader.Column[] columns = [new("V", DataKind.Single, 0, 2), new("S", DataKind.String, 3)];
        IDataView view = ML.Data.CreateTextLoader(columns, ',').Load(new EndlessSource("1.5,2.5,3.5,text\n", Size));
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long largest = 0;
        while (cursor.MoveNext())
        {
            if (cursor.Position % 1_000_000 == 999_999)
            {
                largest = Math.Max(largest, GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        Assert.IsLessThan(Size / 4, largest - before);
    }

    private string Write(string text, string name = "in.txt")
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }

    /// <summary>One line, over and over.</summary>
    private sealed class EndlessSource(string line, long size) : IMultiStreamSource
    {
        public int Count => 1;

        public string GetPathOrNull(int index) => null!;

        public Stream Open(int index) => new Repeated(Encoding.UTF8.GetBytes(line), size / line.Length * line.Length);

        public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
    }

    private sealed class Repeated(byte[] line, long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = (int)Math.Min(count, length - Position);
            for (int i = 0; i < read; i++)
            {
                buffer[offset + i] = line[Position++ % line.Length];
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new InvalidOperationException();

        public override void SetLength(long value) => throw new InvalidOperationException();

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException();
    }
}
