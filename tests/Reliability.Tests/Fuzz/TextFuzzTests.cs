using System.Globalization;
using System.Text;
using EE569.Experiments.Tables;
using EE569.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Reliability.Tests.Fuzz;

/// <summary>Damaged CSV text, read by ML.NET or by the command line, is refused by name or trained on.</summary>
[TestClass]
public sealed class TextFuzzTests
{
    private static readonly string text = string.Join('\n', Enumerable.Range(0, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i % 3 + (i % 7 * 0.1)},{i % 5},\"class {i % 3}\"")));

    [TestMethod]
    public void Damaged_CSV_text_is_refused_or_trains()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "rows.csv");
        Fuzzer.Run(1000, mutator =>
        {
            File.WriteAllBytes(file, mutator.Damage(Encoding.UTF8.GetBytes(text)));
            var ml = new MLContext(seed: 1);
            IDataView data = Load(ml, file);
            IDataView scored = Pipeline(ml).Fit(data).Transform(data);
            Assert.IsTrue(scored.GetColumn<float[]>("Score").All(row => row.Length > 0));
        }, IsNamed);
    }

    [TestMethod]
    public void Real_tables_changed_and_damaged_are_trained_on_and_predicted_by_the_command_line_or_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        using var python = new PythonCsv();
        string file = Path.Combine(folder.Path, "rows.csv"), output = Path.Combine(folder.Path, "out"), model = Path.Combine(output, "model.zip");
        Fuzzer.Run(200, mutator =>
        {
            RealTable table = RealTable.Any(mutator);
            char separator = mutator.Pick([',', ';', '\t', '|']);
            bool hasBlanks = mutator.Random.Next(8) == 0, isGzip = mutator.Random.Next(8) == 0, isWhole = mutator.Random.Next(2) == 0;
            byte[] bytes = table.Write(separator, new UTF8Encoding(false), mutator.Random.Next(3) == 0, hasBlanks, "\n", true, false, isGzip);
            File.WriteAllBytes(file, isWhole ? bytes : mutator.Damage(bytes));
            string[] said = mutator.Random.Next(3) == 0 ? [mutator.Pick(["--numeric", "--categorical", "--text", "--date", "--ignore", "--missing", "--features"]), mutator.Pick(table.Header)] : [];
            string[] task = mutator.Random.Next(3) == 0 ? ["--task", mutator.Pick(["classification", "regression"])] : [];
            string label = mutator.Pick(table.Header);
            string Answer(params string[] arguments)
            {
                (int exitCode, string answer, string error) = InProcess.Run(arguments);
                Assert.IsTrue(exitCode is 0 or 2, error);
                Assert.IsFalse(error.Contains("   at ", StringComparison.Ordinal), error);
                return exitCode == 0 ? answer : throw new EE569.Experiments.UserException(error);
            }

            Answer(["train", "--data", file, "--label", label, "--epochs", "1", "--hidden-layers", "2", "--no-card", "--out", output, .. said, .. task]);
            Assert.IsTrue(File.Exists(Path.Combine(output, "model.onnx")));
            Assert.Contains("FeaturizeTable", Answer("inspect", "--model", model));
            Answer("evaluate", "--model", model, "--data", file, "--label", label);
            string[][] answers = DialectDetector.Rows(Encoding.UTF8.GetBytes(Answer("predict", "--model", model, "--data", file)), ',', trim: false);
            if (isWhole)
            {
                PythonCsv.Answer read = python.Read(file, "utf-8", separator, hasBlanks, isGzip);
                Assert.HasCount(read.Rows.Length, answers, "a row of answers for each row that Python reads");
            }

            // Other cells, and other ways to write them, in the columns that the model reads.
            RealTable changed = table.Changed(mutator);
            File.WriteAllBytes(file, changed.Write(mutator.Pick([',', ';', '\t', '|']), new UTF8Encoding(false), mutator.Random.Next(3) == 0, false, "\n", true, false, false));
            Assert.DoesNotContain("NaN", Answer("predict", "--model", model, "--data", file));
        }, error => error is EE569.Experiments.UserException && error.Message.Split('\n').Count(line => line.StartsWith("ee569: ", StringComparison.Ordinal)) == 1);
    }

    private static bool IsNamed(Exception error) => error.GetBaseException() is IOException or FormatException or InvalidDataException or InvalidOperationException or ArgumentException;

    private static IDataView Load(MLContext ml, string file) => ml.Data.LoadFromTextFile(
        file, [new TextLoader.Column("Features", DataKind.Single, 0, 1), new TextLoader.Column("Label", DataKind.String, 2)], separatorChar: ',', allowQuoting: true);

    private static EstimatorChain<SoftmaxMlpTransformer> Pipeline(MLContext ml) => ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(ml.MulticlassClassification.Trainers.SoftmaxMlp(hiddenLayers: [4], numberOfEpochs: 1));
}
