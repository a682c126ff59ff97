using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EE569.Engine.Optimizers;
using EE569.Engine.Schedules;
using EE569.Engine.Training;
using EE569.Trainers.Tests.Support;

namespace EE569.Trainers.Tests.Docs;

/// <summary>docs/trainers.md shows code that runs and the defaults that are; the API reference describes every trainer as ML.NET describes its own.</summary>
[TestClass]
public partial class TrainersDocumentationTests
{
    private static readonly string Page = Read("trainers.md");

    private static readonly Type[] Trainers = [.. TrainerCase.All.Select(trainer => typeof(TrainerOptions).Assembly.GetType($"EE569.Trainers.{trainer[0]}Trainer", throwOnError: true)!)];

    [TestMethod]
    public void Every_example_is_code_of_the_tests_and_there_is_one_per_trainer()
    {
        string[] shown = [.. CodeBlock().Matches(Page).Select(match => match.Groups["code"].Value)];
        string[] run = [.. Region().Matches(Read("TrainersExamples.cs")).Select(match => Indentation().Replace(match.Groups["code"].Value, ""))];
        CollectionAssert.AreEquivalent(run, shown);
        foreach (var trainer in TrainerCase.All)
        {
            Assert.Contains(code => code.Contains($".{trainer[0]}(", StringComparison.Ordinal), shown);
        }
    }

    [TestMethod]
    public void Every_call_of_the_table_of_other_parts_of_ML_NET_is_code_of_the_tests()
    {
        string table = Page[Page.IndexOf("## With other parts of ML.NET", StringComparison.Ordinal)..Page.IndexOf("## L2 and learning rates", StringComparison.Ordinal)];
        string[] calls = [.. table.Split('\n').Where(line => line.StartsWith('|')).SelectMany(line => Code().Matches(line[line.TrimEnd(' ', '|').LastIndexOf('|')..])).Select(match => match.Groups["code"].Value)];
        string tests = Read("TrainersTable.cs");
        Assert.IsGreaterThanOrEqualTo(12, calls.Length);
        foreach (string call in calls)
        {
            StringAssert.Contains(tests, call);
        }
    }

    [TestMethod]
    public void The_options_table_has_every_option_with_its_default_and_a_reason()
    {
        var listed = OptionRows().ToList();
        foreach (var trainer in Trainers)
        {
            var type = trainer.GetNestedType("Options")!;
            object options = Activator.CreateInstance(type)!;
            foreach (var property in type.GetProperties())
            {
                var row = listed.Single(row => row.Option == property.Name && Applies(row.Scope, type));
                Assert.AreEqual(Text(property.GetValue(options)), row.Default, property.Name);
                Assert.AreEqual(TrainerOptions.Rule(property), row.Values, property.Name);
                Assert.AreEqual(Switches(property), row.Switch, property.Name);
                Assert.IsGreaterThan(3, row.Reason.Length, property.Name);
            }
        }

        string[] unknown = [.. listed.Select(row => row.Option).Except(Trainers.SelectMany(trainer => trainer.GetNestedType("Options")!.GetProperties()).Select(property => property.Name))];
        Assert.IsEmpty(unknown, string.Join(", ", unknown));
    }

    [TestMethod]
    public void The_table_of_the_networks_for_tables_has_every_option_whose_default_is_another()
    {
        string section = Page[Page.IndexOf("## Networks for raw tables", StringComparison.Ordinal)..Page.IndexOf("## Validation", StringComparison.Ordinal)];
        var own = TabularRow().Matches(section).Select(row => row.Groups).ToList();
        var shared = OptionRows().Where(row => row.Scope is "" or "classes" or "networks").ToDictionary(row => row.Option);
        foreach (var type in Tabular)
        {
            object options = Activator.CreateInstance(type)!;
            foreach (var property in type.GetProperties())
            {
                var rows = own.Where(row => row["name"].Value == property.Name && AppliesTo(row["scope"].Value, type)).ToList();
                string value = property.GetValue(options) is EarlyStopping stopping ? Text(stopping.Patience) : Text(property.GetValue(options));
                value = type.IsSubclassOf(typeof(RealMlpOptions)) && property.Name == nameof(TrainerOptions.LearningRateSchedule) && value == "another" ? "CosineLog" : value;
                Assert.IsLessThanOrEqualTo(1, rows.Count, property.Name);
                Assert.AreEqual(value, (rows.Count == 1 ? rows[0]["default"].Value : shared[property.Name].Default).Replace("`", "", StringComparison.Ordinal), $"{type} {property.Name}");
                Assert.AreEqual(TrainerOptions.Rule(property), rows.Count == 1 ? rows[0]["values"].Value : shared[property.Name].Values, property.Name);
            }
        }

        Assert.IsEmpty(own.Select(row => row["name"].Value).Except(Tabular.SelectMany(type => type.GetProperties()).Select(property => property.Name)).ToArray());
    }

    private static readonly Type[] Tabular = [.. typeof(TrainerOptions).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(TabularTrainerOptions)) && !type.IsAbstract)];

    private static bool AppliesTo(string scope, Type options) => scope switch
    {
        "" => true,
        "TabM" => options.IsSubclassOf(typeof(TabMOptions)),
        "RealMlp" => options.IsSubclassOf(typeof(RealMlpOptions)),
        "RealMlpClasses" => options.IsSubclassOf(typeof(RealMlpClassifierOptions)),
        "RealMlpRegression" => options == typeof(RealMlpRegressionTrainer.Options),
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "No such group of trainers."),
    };

    [GeneratedRegex(@"^\| `(?<name>\w+)`( \((?<scope>\w+)\))? \| (?<values>[^|]*) \| (?<default>[^|]+) \| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex TabularRow();

    [TestMethod]
    public void The_reference_of_every_trainer_has_the_table_of_its_characteristics()
    {
        var members = XDocument.Load(Path.ChangeExtension(typeof(TrainerOptions).Assembly.Location, ".xml")).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
        foreach (var trainer in Trainers)
        {
            string text = members[$"T:{trainer.FullName}"].ToString();
            string task = trainer.Name switch
            {
                nameof(MlpRegressionTrainer) => "Regression",
                nameof(LogisticMlpTrainer) or nameof(MiniBatchLogisticRegressionTrainer) => "Binary classification",
                _ => "Multiclass classification",
            };
            foreach (string line in new[]
            {
                "to predict ", "### Trainer Characteristics", $"| Machine learning task | {task} |", $"| Is normalization required? | {(trainer.Name.Contains("Mlp", StringComparison.Ordinal) ? "No: raw features" : "Yes |")}", "| Is caching required? | No",
                "| Required NuGet in addition to Microsoft.ML | EE569.Trainers |", "| Exportable to ONNX | Yes", "### Scoring Function", "### Training Algorithm Details", "<seealso",
            })
            {
                StringAssert.Contains(text, line);
            }
        }
    }

    [TestMethod]
    public void Every_public_type_is_described()
    {
        var described = XDocument.Load(Path.ChangeExtension(typeof(TrainerOptions).Assembly.Location, ".xml")).Descendants("member")
            .Where(member => member.Element("summary") is { } summary && summary.Value.Length > 10).Select(member => member.Attribute("name")!.Value).ToHashSet();
        string[] missing = [.. typeof(TrainerOptions).Assembly.GetExportedTypes().Select(type => "T:" + type.FullName!.Replace('+', '.')).Except(described)];
        Assert.IsEmpty(missing, string.Join(", ", missing));
    }

    /// <summary>The switches of <c>train</c>, named as the keys in JSON; none for what it takes from its table or what is code.</summary>
    private static string Switches(PropertyInfo option) => option.PropertyType == typeof(EarlyStopping)
        ? string.Join(", ", typeof(EarlyStopping).GetProperties().Select(Switches))
        : option.Name is nameof(TrainerOptions.LabelColumnName) or nameof(TrainerOptions.FeatureColumnName)
            or nameof(TrainerOptions.EpochCallback) or nameof(TrainerOptions.CancellationToken) or nameof(TrainerOptions.Communicator) ? ""
        : $"`--{JsonNamingPolicy.KebabCaseLower.ConvertName(option.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? option.Name)}`";

    /// <summary>Rows such as: `A` (networks) | at least 1 | 2 | `--a` | reason.</summary>
    private static IEnumerable<(string Option, string Scope, string Values, string Default, string Switch, string Reason)> OptionRows() =>
        TableRow().Matches(Page[Page.IndexOf("## Options", StringComparison.Ordinal)..Page.IndexOf("## Networks for raw tables", StringComparison.Ordinal)]).Select(row => row.Groups)
            .Select(cells => (cells["name"].Value, cells["scope"].Value, cells["values"].Value, cells["default"].Value.Replace("`", "", StringComparison.Ordinal), cells["switch"].Value, cells["reason"].Value));

    private static bool Applies(string scope, Type options) => scope switch
    {
        "" => true,
        "linear" => options.IsSubclassOf(typeof(LinearTrainerOptions)),
        "networks" => options.IsSubclassOf(typeof(NetworkTrainerOptions)),
        "classes" => options.GetProperty(nameof(LinearTrainerOptions.ClassWeights)) is not null,
        "regression" => options == typeof(MlpRegressionTrainer.Options),
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "No such group of trainers."),
    };

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        int number => number.ToString("N0", CultureInfo.InvariantCulture),
        double number => number.ToString("0.##########", CultureInfo.InvariantCulture),
        EarlyStopping stopping => Text(stopping.Patience),
        IReadOnlyList<int> widths => $"[{string.Join(", ", widths)}]",
        Schedule schedule => schedule == Schedules.Constant ? "Constant" : schedule.Method == Schedules.Cosine().Method ? "Cosine" : "another",
        Optimizer<float> optimizer => optimizer.GetType().Name.Split('`')[0],
        ClassWeighting weights => weights == ClassWeighting.None ? "None" : "another",
        CancellationToken token => token == CancellationToken.None ? "None" : "another",
        _ => value.ToString()!,
    };

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Docs", file)).ReplaceLineEndings("\n");

    [GeneratedRegex("""^```csharp\n(?<code>.*?)^```""", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("""^ +#region [^\n]+\n(?<code>.*?)^ +#endregion""", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("^ {8}", RegexOptions.Multiline)]
    private static partial Regex Indentation();

    [GeneratedRegex(@"^\| `(?<name>\w+)`( \((?<scope>\w+)\))? \| (?<values>[^|]*) \| (?<default>[^|]+) \| (?<switch>[^|]*) \| (?<reason>[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
