using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EE569.Benchmarks.Machine;
using EE569.Benchmarks.Workloads;
using EE569.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Benchmarks.Studies;

/// <summary>One training of the tabular network from a CSV file in a process of its own, whose memory can be limited and whose peak can be told.</summary>
/// <param name="RowsPerSecond">Rows times epochs over the whole time of the fit.</param>
/// <param name="PeakBytes">The largest resident set of the process.</param>
internal sealed record CsvTraining(double RowsPerSecond, long PeakBytes)
{
    public const string CommandName = "train-csv";
    public const int Epochs = 3;

    private const string HeapLimitVariable = "DOTNET_GCHeapHardLimit";

    /// <summary>Trains in another process.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rowsInMemory">The most rows kept in memory.</param>
    /// <param name="heapLimit">The most bytes of the managed heap, or null.</param>
    public static CsvTraining Start(string file, int rowsInMemory, long? heapLimit)
    {
        ProcessStartInfo start = Self.Start(CommandName, file, rowsInMemory.ToString(CultureInfo.InvariantCulture));
        if (heapLimit is { } limit)
        {
            start.Environment[HeapLimitVariable] = limit.ToString("X", CultureInfo.InvariantCulture);
        }

        using Process process = Process.Start(start)!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<CsvTraining>(answer)!
            : throw new InvalidOperationException($"The training from {file} ended with code {process.ExitCode}; its error output is above.");
    }

    /// <summary>Trains in this process and prints the figures.</summary>
    public static void Run(string file, int rowsInMemory)
    {
        var context = new MLContext(seed: 1);
        IDataView text = Open(context, file);
        long start = Stopwatch.GetTimestamp();
        context.MulticlassClassification.Trainers.SoftmaxMlp(new SoftmaxMlpTrainer.Options
        {
            HiddenLayers = NetworkWorkloads.Tabular.Layers[1..^1],
            BatchSize = NetworkWorkloads.Tabular.BatchSize,
            NumberOfEpochs = Epochs,
            PrepareData = false,
            EarlyStopping = null,
            ConvergenceTolerance = null,
            MaximumRowsInMemory = rowsInMemory,
            NumberOfThreads = 1,
        }).Fit(text);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long rows = File.ReadLines(file).LongCount();
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new CsvTraining(Epochs * rows / seconds, self.PeakWorkingSet64)));
    }

    /// <summary>The file as a data view that reads it anew each time.</summary>
    public static IDataView Open(MLContext context, string file) => context.Data.LoadFromTextFile(file, [
        new TextLoader.Column("Label", DataKind.UInt32, [new TextLoader.Range(0)], new KeyCount((ulong)NetworkWorkloads.Tabular.Classes)),
        new TextLoader.Column("Features", DataKind.Single, 1, NetworkWorkloads.Tabular.Features),
    ], separatorChar: ',');
}
