using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace EE569.Compat.Tests;

/// <summary>Every case of text_loader.json: the same text and options give the same schema, values, errors and warnings.</summary>
[TestClass]
public class TextLoaderGoldenTests
{
    private static readonly GoldenFile Golden = new("text_loader.json");

    private static readonly TextLoader.Column[] Main =
    [
        new("Name", DataKind.String, 0), new("A", DataKind.Single, 1), new("B", DataKind.Double, 2),
        new("Flag", DataKind.Boolean, 4), new("V", DataKind.Single, 5, 7),
    ];

    private static readonly TextLoader.Column[] TextAndX = [new("T", DataKind.String, 0), new("X", DataKind.Single, 1)];
    private static readonly TextLoader.Column[] X = [new("X", DataKind.Single, 0)];
    private static readonly TextLoader.Column[] XYZ =
        [new("X", DataKind.Single, 0), new("Y", DataKind.Single, 1), new("Z", DataKind.Single, 2)];

    private static readonly TextLoader.Column[] LabelAndFeatures =
        [new("Label", DataKind.Single, 0), new("Features", DataKind.Single, 1, 5)];

    private static readonly TextLoader.Column[] VectorAndText = [new("V", DataKind.Single, 0, 3), new("S", DataKind.String, 4)];

    private static readonly Dictionary<string, TextLoader.Options> Cases = new()
    {
        ["main_quoting"] = new() { HasHeader = true, Separators = [','], AllowQuoting = true, Columns = Main },
        ["main_quoting_trim"] = new() { HasHeader = true, Separators = [','], AllowQuoting = true, TrimWhitespace = true, Columns = Main },
        ["main_quoting_trim_missing_as_nan"] = new()
        {
            HasHeader = true,
            Separators = [','],
            AllowQuoting = true,
            TrimWhitespace = true,
            MissingRealsAsNaNs = true,
            Columns = Main,
        },
        ["main_no_quoting"] = new() { HasHeader = true, Separators = [','], Columns = Main },
        ["quoting_readmultilines"] = new()
        {
            HasHeader = true,
            Separators = [','],
            AllowQuoting = true,
            ReadMultilines = true,
            Columns = TextAndX,
        },
        ["quoting_multiline_not_enabled"] = new() { HasHeader = true, Separators = [','], AllowQuoting = true, Columns = TextAndX },
        ["header_quoted_slot_names"] = new()
        {
            HasHeader = true,
            Separators = [','],
            AllowQuoting = true,
            Columns = [new("V", DataKind.Single, 0, 2), new("One", DataKind.Single, 3)],
        },
        ["decimal_marker_comma"] = new()
        {
            Separators = [';'],
            DecimalMarker = ',',
            Columns = [new("X", DataKind.Single, 0), new("Y", DataKind.Double, 1)],
        },
        ["default_separator_is_tab"] = new() { Columns = [new("X", DataKind.Single, 0), new("Y", DataKind.String, 1)] },
        ["two_separators"] = new() { Separators = [',', '\t'], Columns = XYZ },
        ["space_separator_runs"] = new() { Separators = [' '], Columns = XYZ },
        ["sparse_tab"] = new() { Separators = ['\t'], AllowSparse = true, Columns = LabelAndFeatures },
        ["sparse_space"] = new() { Separators = [' '], AllowSparse = true, Columns = LabelAndFeatures },
        ["sparse_whole_row"] = new() { Separators = [' '], AllowSparse = true, Columns = [new("V", DataKind.Single, 0, 9)] },
        ["sparse_off"] = new() { Separators = [' '], AllowSparse = false, Columns = LabelAndFeatures },
        ["sparse_index_out_of_range"] = new() { Separators = [' '], AllowSparse = true, Columns = LabelAndFeatures },
        ["missing_trailing_vector"] = new() { Separators = [','], Columns = VectorAndText },
        ["missing_trailing_vector_missing_as_nan"] = new() { Separators = [','], MissingRealsAsNaNs = true, Columns = VectorAndText },
        ["max_rows"] = new() { Separators = [','], HasHeader = true, MaxRows = 2, Columns = X },
        ["only_header"] = new() { Separators = [','], HasHeader = true, Columns = X },
        ["empty_file"] = new() { Separators = [','], HasHeader = true, Columns = X },
        ["blank_and_whitespace_lines"] = new()
        {
            Separators = [','],
            Columns = [new("X", DataKind.Single, 0), new("S", DataKind.String, 1)],
        },
        ["range_multi_source"] = new() { Separators = [','], Columns = [new("V", DataKind.Single, [new(0), new(2, 3), new(5)])] },
        ["range_to_end"] = new()
        {
            Separators = [','],
            Columns = [new("L", DataKind.Single, 0), new("V", DataKind.Single, [new TextLoader.Range(1, null)])],
        },
        ["key_uint32"] = new()
        {
            Separators = [','],
            Columns = [new("K", DataKind.UInt32, [new(0)], new KeyCount(3)), new("T", DataKind.String, 0)],
        },
    };

    private static readonly Func<MLContext, string, IDataView>[] AttributeCases =
    [
        (ml, file) => ml.Data.LoadFromTextFile<EveryType>(file, ',', hasHeader: true, allowQuoting: true),
        (ml, file) => ml.Data.LoadFromTextFile<NotEveryMember>(file, ',', hasHeader: true, allowQuoting: true),
        (ml, file) => ml.Data.LoadFromTextFile<PickedColumns>(file, ','),
        (ml, file) => ml.Data.LoadFromTextFile<Unmarked>(file, ','),
    ];

    private string _folder = "";

    public static IEnumerable<object[]> CaseNames => Golden.CaseNames.Select(name => new object[] { name });

    public static IEnumerable<object[]> Kinds =>
        Golden["scalar_parse_table"].AsArray().Select(table => new object[] { (string)table!["data_kind"]! });

    public static IEnumerable<object[]> AttributeCaseNumbers =>
        Enumerable.Range(0, AttributeCases.Length).Select(number => new object[] { number });

    [TestInitialize]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("text-loader").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void Text_loads_as_in_ML_NET(string name)
    {
        JsonObject golden = Golden.Case(name);
        TextLoader.Options options = Cases[name];
        options.UseThreads = false;
        (MLContext ml, List<string> warnings) = Context();
        JsonNode? actual = GoldenFile.Outcome(
            () => DataViewJson.Of(ml.Data.CreateTextLoader(options).Load(new MultiFileSource(Write((string)golden["text"]!)))));

        JsonNode expected = golden["outcome"]!;
        GoldenFile.AssertEqual(expected["result"] ?? expected, actual, name);
        string folder = _folder + Path.DirectorySeparatorChar;
        CollectionAssert.AreEquivalent(
            expected["log_messages_of_kind_warning_or_error"]?.AsArray().Select(message => (string)message!).ToArray() ?? [],
            warnings.Select(warning => warning.Replace(folder, "", StringComparison.Ordinal)).Distinct().ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Token_parses_as_in_ML_NET(string kind)
    {
        TextLoader.Column[] columns =
            [new("X", Enum.Parse<DataKind>(kind), 0), new("T", DataKind.String, 0), new("Z", DataKind.String, 1)];
        TextLoader loader = new MLContext(1).Data.CreateTextLoader(new TextLoader.Options { UseThreads = false, Columns = columns });
        JsonNode table = Golden["scalar_parse_table"].AsArray().Single(table => (string)table!["data_kind"]! == kind)!;
        foreach (JsonNode? entry in table["entries"]!.AsArray())
        {
            string token = (string)entry!["token"]!;
            JsonNode? actual = GoldenFile.Outcome(() =>
            {
                IDataView view = loader.Load(new MultiFileSource(Write($"{token}\tx\n")));
                return DataViewJson.Values(view, view.Schema["X"])![0]!.DeepClone();
            });
            GoldenFile.AssertEqual(entry["value"], actual, $"{kind} '{token}'");
        }
    }

    [TestMethod]
    [DynamicData(nameof(AttributeCaseNumbers))]
    public void Attributes_choose_the_columns(int number)
    {
        JsonNode golden = Golden["attribute_cases"][number]!;
        JsonNode? actual = GoldenFile.Outcome(() => DataViewJson.Of(AttributeCases[number](Context().Ml, Write((string)golden["text"]!))));
        GoldenFile.AssertEqual(golden["outcome"], actual, (string)golden["about"]!);
    }

    [TestMethod]
    public void A_missing_file_is_named()
    {
        JsonNode golden = Golden["attribute_cases"].AsArray().Last()!;
        JsonNode? actual = GoldenFile.Outcome(() => DataViewJson.Of(Context().Ml.Data.LoadFromTextFile<PickedColumns>("no_such_file.csv")));
        GoldenFile.AssertEqual(golden["load"], actual, "load");
    }

    private static (MLContext Ml, List<string> Warnings) Context()
    {
        var ml = new MLContext(1);
        var warnings = new List<string>();
        ml.Log += (_, message) =>
        {
            if (message.Kind is ChannelMessageKind.Warning or ChannelMessageKind.Error)
            {
                warnings.Add($"{message.Kind} | {message.Message}");
            }
        };
        return (ml, warnings);
    }

    private string Write(string text)
    {
        string path = Path.Combine(_folder, "in.txt");
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }

#pragma warning disable CS0649 // The loader reads only what the fields are, not their values.
    private sealed class EveryType
    {
        [LoadColumn(0)]
        public string Name = "";

        [LoadColumn(1)]
        public float A;

        [LoadColumn(2)]
        public double B;

        [LoadColumn(3)]
        public int I;

        [LoadColumn(4)]
        public bool Flag;

        [LoadColumn(5, 7)]
        [VectorType(3)]
        public float[] V = [];

        [LoadColumn(8)]
        public DateTime When;
    }

    private sealed class NotEveryMember
    {
        [LoadColumn(0)]
        public string Name = "";

        [LoadColumn(5, 7)]
        public float[] V = [];

        [LoadColumn(1)]
        [ColumnName("Renamed")]
        public float A;

        public int NotLoaded;
    }

    private sealed class PickedColumns
    {
        [LoadColumn([1, 3, 5])]
        [VectorType(3)]
        public float[] Picked = [];

        [LoadColumn(3)]
        [KeyType(5)]
        public uint K;
    }

    private sealed class Unmarked
    {
        public float A;
    }
#pragma warning restore CS0649
}
