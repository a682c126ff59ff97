using System.Diagnostics;
using EE569.Engine.Data;
using EE569.Engine.Networks;
using EE569.Engine.Training;
using EE569.Reliability.Tests.Fuzz;
using EE569.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Reliability.Tests.Faults;

/// <summary>Cancelled at any moment, a training keeps a usable model, and a program ends in order: 260 moments.</summary>
[TestClass]
public sealed class CancellationTests
{
    [TestMethod]
    public void The_engine_cancelled_100_times_keeps_a_finite_model_and_its_history()
    {
        var random = new Random(1);
        for (int round = 0; round < Fuzzer.Times(100); round++)
        {
            (Network<float> network, DenseData<float> data) = Problem.Small((ulong)round);
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMicroseconds(random.Next(1, 20_000)));
            TrainingResult<float> result = new MiniBatchTrainer<float>(new TrainingOptions<float>
            {
                BatchSize = 1,
                NumberOfEpochs = 1_000_000,
                CancellationToken = cancellation.Token,
            }).Fit(network, data);

            Assert.AreEqual(StopReason.Cancelled, result.StopReason);
            Assert.IsTrue(network.CopyParameters().All(float.IsFinite));
            Assert.IsTrue(result.History.All(record => double.IsFinite(record.TrainLoss)));
        }
    }

    [TestMethod]
    [DataRow(100, false)]
    [DataRow(50, true)]
    public void A_trainer_cancelled_often_returns_a_model_that_scores_and_a_checkpoint_that_resumes_to_the_same_bits(int cancellations, bool isTabM)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(2);
        var ml = new MLContext(seed: 1);
        IDataView data = Rows.Binary(ml);
        string checkpoint = Path.Combine(folder.Path, "checkpoint");
        for (int round = 0; round < Fuzzer.Times(cancellations); round++)
        {
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMicroseconds(random.Next(1, 20_000)));
            LogisticMlpTransformer model = Fit(ml, data, isTabM, epochs: 1_000_000, checkpoint, cancellation.Token);

            Assert.AreEqual(StopReason.Cancelled, model.StopReason);
            Assert.IsTrue(Scores(model, data).All(float.IsFinite));
        }

        using FileStream stream = File.OpenRead(checkpoint);
        int epochs = TrainingState<float>.Load(stream).Epoch + 10;
        CollectionAssert.AreEqual(Scores(Fit(ml, data, isTabM, epochs), data), Scores(Fit(ml, data, isTabM, epochs, checkpoint), data));
    }

    [TestMethod]
    public void A_program_interrupted_10_times_ends_with_130_and_whole_files()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Sends a Unix signal.");
        }

        var random = new Random(3);
        for (int round = 0; round < Fuzzer.Times(10); round++)
        {
            using var folder = new TemporaryFolder();
            Process program = ChildProcess.StartInterruptible(ChildProcess.CommandLine, "reproduce", "batch-size-a", "mlp-grid", "--out", folder.Path);
            Assert.AreEqual("batch-size-a: running", program.StandardError.ReadLine(), "the program has started and listens to signals");
            Thread.Sleep(TimeSpan.FromMilliseconds(random.Next(1, 500)));
            using (Process kill = Process.Start("kill", ["-INT", $"{program.Id}"]))
            {
                kill.WaitForExit();
            }

            (int exitCode, _, string error) = ChildProcess.Finish(program);

            Assert.AreEqual(130, exitCode, error);
            Assert.Contains("of 2 studies are complete", error);
            Assert.DoesNotContain("   at ", error);
            Assert.IsEmpty(Directory.EnumerateFiles(folder.Path, "*.tmp", SearchOption.AllDirectories));
            Assert.EndsWith("</html>", File.ReadAllText(Path.Combine(folder.Path, "report.html")).TrimEnd());
        }
    }

    private static LogisticMlpTransformer Fit(MLContext ml, IDataView data, bool isTabM, int epochs, string? checkpoint = null, CancellationToken cancellation = default)
    {
        if (isTabM)
        {
            var options = new TabMBinaryTrainer.Options { HiddenLayers = [4], NumberOfMembers = 2, EmbeddingSize = 2 };
            Set(options);
            return ml.BinaryClassification.Trainers.TabM(options).Fit(data);
        }

        var plain = new LogisticMlpTrainer.Options { HiddenLayers = [4] };
        Set(plain);
        return ml.BinaryClassification.Trainers.LogisticMlp(plain).Fit(data);

        void Set(TrainerOptions options)
        {
            (options.BatchSize, options.NumberOfEpochs, options.ConvergenceTolerance) = (8, epochs, null);
            (options.ValidationFraction, options.EarlyStopping) = (0, null);
            (options.CheckpointFile, options.ResumeFromCheckpoint, options.CancellationToken) = (checkpoint, checkpoint is not null, cancellation);
        }
    }

    private static float[] Scores(LogisticMlpTransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float>("Score")];
}
