using System.Globalization;
using System.Text;
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
    public void Real_tables_changed_and_damaged_are_trained_on_by_the_command_line_or_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "rows.csv"), output = Path.Combine(folder.Path, "out");
        Fuzzer.Run(200, mutator =>
        {
            RealTable table = RealTable.Any(mutator);
            byte[] bytes = table.Write(mutator.Pick([',', ';', '\t', '|']), new UTF8Encoding(false), mutator.Random.Next(3) == 0, mutator.Random.Next(8) == 0, "\n", true, false, mutator.Random.Next(8) == 0);
            File.WriteAllBytes(file, mutator.Random.Next(2) == 0 ? bytes : mutator.Damage(bytes));
            string[] said = mutator.Random.Next(3) == 0 ? [mutator.Pick(["--numeric", "--categorical", "--text", "--date", "--ignore", "--missing", "--features"]), mutator.Pick(table.Header)] : [];
            string[] task = mutator.Random.Next(3) == 0 ? ["--task", mutator.Pick(["classification", "regression"])] : [];
            (int exitCode, _, string error) = InProcess.Run(["train", "--data", file, "--label", mutator.Pick(table.Header), "--epochs", "1", "--hidden-layers", "2", "--out", output, .. said, .. task]);

            Assert.IsTrue(exitCode is 0 or 2, error);
            if (exitCode == 2)
            {
                throw new EE569.Experiments.UserException(error);
            }
        }, error => error is EE569.Experiments.UserException && error.Message.Split('\n').Count(line => line.StartsWith("ee569: ", StringComparison.Ordinal)) == 1);
    }

    private static bool IsNamed(Exception error) => error.GetBaseException() is IOException or FormatException or InvalidDataException or InvalidOperationException or ArgumentException;

    private static IDataView Load(MLContext ml, string file) => ml.Data.LoadFromTextFile(
        file, [new TextLoader.Column("Features", DataKind.Single, 0, 1), new TextLoader.Column("Label", DataKind.String, 2)], separatorChar: ',', allowQuoting: true);

    private static EstimatorChain<SoftmaxMlpTransformer> Pipeline(MLContext ml) => ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(ml.MulticlassClassification.Trainers.SoftmaxMlp(hiddenLayers: [4], numberOfEpochs: 1));
}
