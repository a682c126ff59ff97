using System.Globalization;
using System.Text.Json;

namespace EE569.Experiments.Tests.Commands;

/// <summary>A CSV file with a million rows.</summary>
[TestClass]
public sealed class LargeFileTests
{
    private const int Rows = 1_000_000;

    /// <summary>Memory is bounded by what the file holds: 2 numbers and a label, in the frame and again as training rows.</summary>
    private const long MostBytes = 1L << 30;

    [TestMethod]
    [Timeout(300_000)]
    public async Task A_million_rows_are_trained_on_and_predicted_within_a_gigabyte()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "million.csv"), predictions = Path.Combine(folder.Path, "predictions.csv");
        using (var writer = new StreamWriter(file))
        {
            writer.WriteLine("X1,X2,Label");
            for (int i = 0; i < Rows; i++)
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i * 7919L % 1000 / 100.0},{i * 104729L % 1000 / 100.0},{(i * 7919L % 1000 > i * 104729L % 1000 ? "more" : "less")}"));
            }
        }

        using var peak = new PeakMemory();
        ProgramRun train = await ProgramRun.Of("train", "--data", file, "--label", "Label", "--trainer", "softmax-regression", "--epochs", "1", "--batch-size", "1000", "--out", folder.Path);
        ProgramRun evaluate = await ProgramRun.Of("evaluate", "--model", Path.Combine(folder.Path, "model.zip"), "--data", file, "--label", "Label", "--json");
        ProgramRun predict = await ProgramRun.Of("predict", "--model", Path.Combine(folder.Path, "model.zip"), "--data", file, "--out", predictions);

        Assert.AreEqual(0, train.ExitCode, train.Error);
        Assert.AreEqual(Rows, JsonDocument.Parse(evaluate.Output).RootElement.GetProperty("rows").GetInt32());
        Assert.IsGreaterThan(0.95, JsonDocument.Parse(evaluate.Output).RootElement.GetProperty("accuracy").GetDouble());
        Assert.AreEqual(0, predict.ExitCode, predict.Error);
        Assert.AreEqual(Rows + 1, File.ReadLines(predictions).Count());
        Assert.IsLessThan(MostBytes, peak.Bytes);
    }

    /// <summary>The most managed memory in use at any of its looks.</summary>
    private sealed class PeakMemory : IDisposable
    {
        private readonly Timer _timer;
        private long _bytes;

        public PeakMemory() => _timer = new Timer(_ => _bytes = Math.Max(_bytes, GC.GetTotalMemory(forceFullCollection: false)), null, 0, 20);

        public long Bytes => _bytes;

        public void Dispose() => _timer.Dispose();
    }
}
