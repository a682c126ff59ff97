using System.Text;
using EE569.Experiments;

namespace EE569.Reliability.Tests.Fuzz;

/// <summary>An options file with damaged bytes, or with values from the edges of their ranges, is refused in one line or trained with.</summary>
[TestClass]
public sealed class OptionFileFuzzTests
{
    private static readonly string[] names =
    [
        "batchSize", "learningRate", "l2", "hiddenLayers", "activation", "dropout", "optimizer", "schedule", "earlyStopping", "validationFraction", "classWeights", "labelSmoothing", "seed",
        "threads", "gradientClipNorm", "convergenceTolerance", "shuffle", "maximumRowsInMemory", "numeric", "ignore", "features", "separator", "decimal", "encoding", "missing", "task", "trainer",
        "numberOfMembers", "weight", "epochs", "nonsense",
    ];

    private static readonly string[] values =
    [
        "0", "-1", "1", "0.5", "1e9", "1e400", "2147483648", "null", "true", "\"\"", "\"adam\"", "\"softmax-mlp\"", "\"tabm\"", "\"A\"", "[]", "[3]", "[3, 2]", "[\"A\"]", "[-1]", "{}",
        "{\"patience\": 2}", "{\"patience\": -1}", "\"relu\"", "\"cosine\"", "\"utf-8\"", "\";\"", "[[[[]]]]", "NaN",
    ];

    [TestMethod]
    public void Any_options_file_is_refused_in_one_line_or_trained_with()
    {
        using var folder = new TemporaryFolder();
        string data = folder.File("rows.csv", ModelZip.Csv), options = folder.File("options.json"), output = folder.File("out");
        Fuzzer.Run(300, mutator =>
        {
            string json = $"{{{string.Join(", ", Enumerable.Range(0, mutator.Random.Next(1, 5)).Select(_ => $"\"{mutator.Pick(names)}\": {mutator.Pick(values)}"))}}}";
            byte[] bytes = Encoding.UTF8.GetBytes(json);
            File.WriteAllBytes(options, mutator.Random.Next(2) == 0 ? bytes : mutator.Damage(bytes));

            (int exitCode, _, string error) = InProcess.Run("train", "--data", data, "--label", "Label", "--options", options, "--epochs", "1", "--no-card", "--out", output);

            Assert.IsTrue(exitCode is 0 or 2, $"{json}: {error}");
            if (exitCode == 2)
            {
                throw new UserException(error);
            }
        }, error => error is UserException && error.Message.Split('\n').Count(line => line.StartsWith("ee569: ", StringComparison.Ordinal) && !line.StartsWith("ee569: warning", StringComparison.Ordinal)) == 1);
    }
}
