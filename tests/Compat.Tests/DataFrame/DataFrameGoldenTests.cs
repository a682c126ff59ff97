using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using static EE569.Compat.Tests.DataFrameJson;

namespace EE569.Compat.Tests;

/// <summary>Every case of dataframe.json: the calls it names give what the real DataFrame gave.</summary>
[TestClass]
public class DataFrameGoldenTests
{
    private static readonly GoldenFile Golden = new("dataframe.json");
    private static readonly string Text = (string)Golden.Case("LoadCsv_guess")["outcome"]!["text"]!;

    private static readonly Dictionary<string, Func<JsonNode?>> Cases = new()
    {
        ["LoadCsv_iris"] = () => new JsonObject
        {
            ["row_count"] = Iris().Rows.Count,
            ["types"] = Values(Iris().Columns.Select(column => $"{column.Name}: {column.GetType().Name}")),
            ["first_row"] = Values(Iris().Rows[0]),
        },
        ["guess_bool_and_int"] = () => Of(Load("X,Y\ntrue,0\n1,0\n0,0\n")),
        ["guess_date_and_number"] = () => Of(Load("X,Y\n2020-01-02,0\n5,0\n6,0\n")),
        ["guess_beyond_guessRows"] = () => Of(Load(TenIntegersAnd("abc"))),
        ["guess_float_beyond_guessRows"] = () => Of(Load(TenIntegersAnd("1.5"))),
        ["LoadCsv_no_header"] = () => Of(DataFrame.LoadCsvFromString("1,a\n2,b\n", header: false)),
        ["LoadCsv_columnNames"] = () => Of(DataFrame.LoadCsvFromString("1,a\n2,b\n", header: false, columnNames: ["P", "Q"])),
        ["LoadCsv_dataTypes"] = () =>
            Of(DataFrame.LoadCsvFromString("A,B,C\n1,2,3\n4,,\n", dataTypes: [typeof(double), typeof(string), typeof(int)])),
        ["LoadCsv_dataTypes_bad_value"] = () => Of(DataFrame.LoadCsvFromString("A\nx\n", dataTypes: [typeof(int)])),
        ["LoadCsv_separator"] = () =>
            Of(DataFrame.LoadCsvFromString("A;B\n1;2\n3;4\n", separator: ';', numberOfRowsToRead: 1, addIndexColumn: true)),
        ["LoadCsv_short_row"] = () => Of(Load("A,B\n1,2\n3\n")),
        ["LoadCsv_long_row"] = () => Of(Load("A,B\n1,2\n3,4,5\n")),
        ["LoadCsv_duplicate_header"] = () => Of(Load("A,A\n1,2\n")),
        ["LoadCsv_duplicate_header_renamed"] = () => Of(DataFrame.LoadCsvFromString("A,A\n1,2\n", renameDuplicatedColumns: true)),
        ["LoadCsv_multiline_quoted"] = () => Of(Load("A,B\n\"x\ny\",1\nz,2\n")),
        ["LoadCsv_empty"] = () => Of(Load("")),
        ["LoadCsv_header_only"] = () => Of(Load("A,B\n")),

        ["ToString"] = () => Load(Text).ToString(),
        ["ToString_2"] = () => Load(Text).ToString(2),
        ["Head_2_text"] = () => Load(Text).Head(2).ToString(),
        ["Head_more_than_rows"] = () => Load(Text).Head(99).Rows.Count,
        ["Tail_2"] = () => Of(Load(Text).Tail(2)),
        ["Info"] = () => new JsonObject { ["frame"] = Of(Load(Text).Info()), ["text"] = Load(Text).Info().ToString() },
        ["Description"] = () => new JsonObject { ["frame"] = Of(Load(Text).Description()), ["text"] = Load(Text).Description().ToString() },
        ["Description_iris"] = () => new JsonObject
        {
            ["description"] = Of(Iris().Description()),
            ["text"] = Iris().Description().ToString(),
            ["info_text"] = Iris().Info().ToString(),
            ["head_text"] = Iris().Head(5).ToString(),
        },
        ["column_stats"] = () => new JsonArray([.. Load(Text).Columns.Where(column => column.IsNumericColumn()).Select(Statistics)]),

        ["Filter_gt"] = () => With(Load(Text), df =>
        {
            PrimitiveDataFrameColumn<bool> mask = df["Count"].ElementwiseGreaterThan(20);
            return new JsonObject { ["mask"] = DataFrameJson.Values(mask), ["frame"] = Of(df.Filter(mask)) };
        }),
        ["Filter_eq_string"] = () => With(Load(Text), df => Of(df.Filter(df["Name"].ElementwiseEquals("alpha")))),
        ["Filter_notequal_string"] = () => With(Load(Text), df => Of(df.Filter(df["Name"].ElementwiseNotEquals("alpha")))),
        ["Filter_isnull"] = () => With(Load(Text), df => new JsonObject
        {
            ["is_null"] = DataFrameJson.Values(df["Count"].ElementwiseIsNull()),
            ["is_not_null"] = DataFrameJson.Values(df["Count"].ElementwiseIsNotNull()),
        }),
        ["Filter_rowIndices"] = () => Of(Load(Text).Filter(new Int32DataFrameColumn("i", [4, 0, 0]))),
        ["Filter_bool_column"] = () => With(Load(Text), df => Of(df.Filter((PrimitiveDataFrameColumn<bool>)df["Flag"]))),
        ["GroupBy_Count"] = () => Of(Load(Text).GroupBy("Name").Count()),
        ["GroupBy_Count_iris"] = () => With(Iris(), iris => new JsonObject
        {
            ["Count"] = Of(iris.GroupBy("Label").Count()),
            ["Mean"] = Of(iris.GroupBy("Label").Mean()),
            ["Sum"] = Of(iris.GroupBy("Label").Sum("PetalWidth")),
            ["Max"] = Of(iris.GroupBy("Label").Max("PetalWidth")),
            ["First"] = Of(iris.GroupBy("Label").First()),
        }),
        ["ValueCounts"] = () => With(Load(Text), df =>
            new JsonObject { ["Name"] = Of(df["Name"].ValueCounts()), ["Flag"] = Of(df["Flag"].ValueCounts()) }),

        ["arithmetic"] = () => With(Load(Text), df => new JsonObject
        {
            ["Id+1"] = Single(df["Id"] + 1),
            ["Id*2.5f"] = Single(df["Id"] * 2.5f),
            ["Count+Price"] = Single(df["Count"] + df["Price"]),
            ["Price/Count"] = Single(df["Price"] / df["Count"]),
            ["Id-Count"] = Single(df["Id"] - df["Count"]),
            ["Name+Name"] = Single(df["Name"] + df["Name"]),
        }),
        ["arithmetic_int"] = IntegerArithmetic,
        ["column_set"] = SetColumns,
        ["cell_set"] = SetCells,

        ["Append_row"] = () => Of(Load(Text).Append(Row(6f, 60f, 7.5f, true, new DateTime(2023, 1, 1), "zed", "q"))),
        ["Append_row_convert"] = () => Of(Load(Text).Append(Row("6", 60, 7.5, "true", "2023-01-01", "zed", 1))),
        ["Append_short_row"] = () => Of(Load(Text).Append(Row(6f, 60f))),
        ["Append_long_row"] = () => Of(Load(Text).Append(Row(6f, 60f, 7.5f, true, new DateTime(2023, 1, 1), "zed", "q", "more"))),
        ["Append_kv"] = () => Of(Load(Text).Append(Named(("Id", 9), ("Name", "kv")))),
        ["Append_kv_unknown"] = () => Of(Load(Text).Append(Named(("Nope", 1)))),
        ["Append_rows"] = () => With(Load(Text), df => Of(df.Append(df.Head(1).Rows))),
        ["Append_null"] = () => With(Load(Text), df => new JsonObject
        {
            ["returned_same"] = ReferenceEquals(df.Append((IEnumerable<object>?)null, inPlace: true), df),
            ["rows"] = df.Rows.Count,
            ["last"] = Values(df.Rows[df.Rows.Count - 1]),
        }),
        ["DropNulls_Any"] = () => Of(Load(Text).DropNulls()),
        ["DropNulls_All"] = () => Of(Load(Text).DropNulls(DropNullOptions.All)),
        ["FillNulls_0"] = () => Of(Load(Text).FillNulls(0)),
        ["FillNulls_list"] = () => With(Load(Text), df => new JsonObject
        {
            ["returned"] = Of(df.FillNulls(Row(0, -1, -2, false, new DateTime(2000, 1, 1), "?", "?"))),
            ["original_afterwards"] = Of(df),
        }),
        ["FillNulls_column"] = () => With(Load(Text), df => new JsonObject
        {
            ["Count"] = Single(df["Count"].FillNulls(5f)),
            ["Name"] = Single(df["Name"].FillNulls("none")),
        }),

        ["OrderBy"] = () => With(Load(Text), df => new JsonObject
        {
            ["Count_asc"] = DataFrameJson.Values(df.OrderBy("Count")["Id"]),
            ["Count_desc"] = DataFrameJson.Values(df.OrderByDescending("Count")["Id"]),
            ["Name_asc"] = DataFrameJson.Values(df.OrderBy("Name")["Id"]),
            ["Count_asc_nulls_first"] = DataFrameJson.Values(df.OrderBy("Count", ascending: true, putNullValuesLast: false)["Id"]),
        }),
        ["Merge_inner"] = () => new JsonArray([.. Enum.GetValues<JoinAlgorithm>().Select(Merge)]),
        ["SaveCsv"] = () => new JsonObject
        {
            ["comma"] = Saved(Load(Text)),
            ["semicolon_noheader"] = Saved(Load(Text), ';', header: false),
            ["special_values"] = Saved(new DataFrame(
                new DoubleDataFrameColumn("D", [0.1, double.NaN, null, 1e-10]),
                new StringDataFrameColumn("S", ["a,b", "line\nbreak", "", null!]),
                new BooleanDataFrameColumn("B", [true, false, null, true]))),
        },

        ["IDataView"] = () => DataViewJson.Of(Load(Text)),
        ["IDataView_types"] = () => DataViewJson.Of(EveryType()),
        ["ToDataFrame"] = () => With(IrisView(), view => new JsonObject
        {
            ["rows_default"] = view.ToDataFrame().Rows.Count,
            ["rows_minus_one"] = view.ToDataFrame(-1).Rows.Count,
            ["three"] = Of(view.ToDataFrame(3, "Label", "PetalWidth")),
        }),
        ["ToDataFrame_key_and_vector"] = () => With(new MLContext(1), ml => new JsonObject
        {
            ["key"] = GoldenFile.Outcome(() => Of(ml.Data.LoadFromTextFile(
                IrisPath, [new("Label", DataKind.UInt32, [new(4)], new KeyCount(3))], ',', hasHeader: true).ToDataFrame(2))),
            ["vector"] = Of(ml.Data.LoadFromTextFile(IrisPath, [new("F", DataKind.Single, 0, 3)], ',', hasHeader: true).ToDataFrame(2)),
        }),
    };

    private static string IrisPath => Path.Combine(AppContext.BaseDirectory, "Golden", "iris.csv");

    /// <summary>All but the pipeline, whose last digits depend on threads: see <see cref="DataFrameTests"/>.</summary>
    public static IEnumerable<object[]> CaseNames =>
        Golden.CaseNames.Where(name => name != "pipeline").Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void Outcome_is_that_of_ML_NET(string name)
    {
        JsonNode expected = Golden.Case(name)["outcome"]!;
        Func<JsonNode?> action = Cases.GetValueOrDefault(
            name, () => new JsonObject { ["frame"] = Of(Load((string)expected["text"]!)), ["text"] = (string)expected["text"]! });
        GoldenFile.AssertEqual(expected, GoldenFile.Outcome(action), name);
    }

    private static DataFrame Load(string text) => DataFrame.LoadCsvFromString(text);

    private static DataFrame Iris() => DataFrame.LoadCsv(IrisPath);

    private static IDataView IrisView()
    {
        TextLoader.Column[] columns = [new("PetalWidth", DataKind.Single, 3), new("Label", DataKind.String, 4)];
        return new MLContext(1).Data.LoadFromTextFile(IrisPath, columns, ',', hasHeader: true);
    }

    private static string TenIntegersAnd(string last) => "X\n" + string.Join('\n', Enumerable.Range(0, 10)) + $"\n{last}\n";

    private static TResult With<T, TResult>(T value, Func<T, TResult> use) => use(value);

    private static object[] Row(params object[] values) => values;

    private static IEnumerable<KeyValuePair<string, object?>> Named(params (string Name, object? Value)[] values) =>
        values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value));

    private static JsonNode? Values(IEnumerable<object?> values) => GoldenFile.Value(values);

    private static JsonObject Statistics(DataFrameColumn column) => new()
    {
        ["name"] = column.Name,
        ["Sum"] = GoldenFile.Value(column.Sum()),
        ["Min"] = GoldenFile.Value(column.Min()),
        ["Max"] = GoldenFile.Value(column.Max()),
        ["Mean"] = column.Mean(),
        ["Median"] = column.Median(),
        ["NullCount"] = column.NullCount,
        ["Length"] = column.Length,
    };

    private static JsonObject IntegerArithmetic()
    {
        var x = new Int32DataFrameColumn("X", new int?[] { 7, null, -7 });
        var y = new Int32DataFrameColumn("Y", new int?[] { 2, 2, 2 });
        DataFrameColumn a = x, b = y;
        return new JsonObject
        {
            ["X/2"] = Single(a / 2),
            ["X/2.0"] = Single(a / 2.0),
            ["X/Y"] = Single(a / b),
            ["X*Y"] = Single(a * b),
            ["X%Y"] = Single(a % b),
            ["X>Y"] = DataFrameJson.Values(a.ElementwiseGreaterThan(b)),
            ["typed_X+Y"] = Single(x.Add(y)),
        };
    }

    private static JsonObject SetColumns()
    {
        DataFrame df = Load(Text);
        df["New"] = df["Id"] * 2;
        df["Id"] = df["Id"] + 1;
        return new JsonObject
        {
            ["frame"] = Of(df),
            ["wrong_length"] = GoldenFile.Outcome(() => Of(df["Short"] = new Int32DataFrameColumn("Short", [1]))),
            ["missing_column"] = GoldenFile.Outcome(() => Of(df["Nope"])),
        };

        static JsonNode Of(object value) => value is DataFrame frame ? DataFrameJson.Of(frame) : Single((DataFrameColumn)value);
    }

    private static JsonObject SetCells()
    {
        DataFrame df = Load(Text).Clone();
        df[1, 1] = 99f;
        df[0, 5] = "new";
        df[0, 1] = null!;
        return new JsonObject
        {
            ["float"] = GoldenFile.Value(df[1, 1]),
            ["string"] = GoldenFile.Value(df[0, 5]),
            ["null"] = GoldenFile.Value(df[0, 1]),
            ["wrong"] = GoldenFile.Outcome(() => GoldenFile.Value(df[0, 1] = "x")),
        };
    }

    private static JsonObject Merge(JoinAlgorithm join)
    {
        var left = new DataFrame(new StringDataFrameColumn("K", ["x", "y", "z"]), new SingleDataFrameColumn("A", [1f, 2f, 3f]));
        var right = new DataFrame(new StringDataFrameColumn("K", ["y", "z", "w"]), new SingleDataFrameColumn("B", [20f, 30f, 40f]));
        return new JsonObject
        {
            ["join"] = join.ToString(),
            ["frame"] = Of(left.Merge<string>(right, "K", "K", joinAlgorithm: join)),
        };
    }

    private static string Saved(DataFrame frame, char separator = ',', bool header = true)
    {
        using var stream = new MemoryStream();
        DataFrame.SaveCsv(frame, stream, separator, header);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static DataFrame EveryType() => new(
        new Int32DataFrameColumn("Int32", [1, null]),
        new Int64DataFrameColumn("Int64", [1, null]),
        new DoubleDataFrameColumn("Double", [1, null]),
        new SingleDataFrameColumn("Single", [1, null]),
        new BooleanDataFrameColumn("Boolean", [true, null]),
        new ByteDataFrameColumn("Byte", [1, null]),
        new Int16DataFrameColumn("Int16", [1, null]),
        new UInt32DataFrameColumn("UInt32", [1, null]),
        new StringDataFrameColumn("String", ["a", null!]),
        new DateTimeDataFrameColumn("DateTime", [new DateTime(2020, 1, 2), null]));
}
