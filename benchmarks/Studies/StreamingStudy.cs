using System.Diagnostics;
using System.Globalization;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Workloads;
using EE569.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Benchmarks.Studies;

/// <summary>The tabular network trained from CSV files of growing size that are never held in memory.</summary>
internal sealed class StreamingStudy(bool smoke, TextWriter log)
{
    private const int Epochs = 2;

    public Section Run()
    {
        var table = new MarkdownTable("rows", "file", "streamed: rows a second", "live heap", "cached: rows a second", "reading alone: rows a second", "streamed / cached");
        foreach (int factor in new[] { 1, 2, 4 })
        {
            Measure(factor * (smoke ? 500 : 25_000), table);
        }

        return new Section(
            "Streaming",
            $"""
            SoftmaxMlp 54-128-64-7 (relu, batch 256, {Epochs} epochs) on rows read from a CSV file: streamed with at most 1,000 rows in memory, so that every epoch
            reads the file anew, and cached, where the first pass loads it. The live heap is the managed memory after a collection at the end of the streamed training; {PipelineStudy.Library}.

            {table}
            """);
    }

    private void Measure(int rows, MarkdownTable table)
    {
        NetworkWorkload workload = NetworkWorkloads.All.Single(w => w.Name == "tabular") with { Rows = rows };
        string file = Path.GetTempFileName();
        try
        {
            WriteCsv(file, workload.Generate(workload));
            var context = new MLContext(seed: 1);
            IDataView text = context.Data.LoadFromTextFile(file, [
                new TextLoader.Column("Label", DataKind.UInt32, [new TextLoader.Range(0)], new KeyCount((ulong)workload.Classes)),
                new TextLoader.Column("Features", DataKind.Single, 1, workload.Features),
            ], separatorChar: ',');
            double reading = rows / Time(() => ReadAll(text));
            long before = GC.GetTotalMemory(forceFullCollection: true), during = 0;
            double streamed = (double)Epochs * rows / Time(() => Fit(context, text, 1_000, () => during = GC.GetTotalMemory(forceFullCollection: true)));
            double cached = (double)Epochs * rows / Time(() => Fit(context, text, int.MaxValue, null));
            string size = Format.Bytes(new FileInfo(file).Length);
            table.Add(
                $"{rows:N0}", size, Format.Number(streamed), Format.Bytes(during - before), Format.Number(cached), Format.Number(reading), Format.Number(streamed / cached));
            log.WriteLine($"streaming: {rows} rows, {size}: {Format.Number(streamed)} rows/s, live heap {Format.Bytes(during - before)}; cached {Format.Number(cached)} rows/s");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Fit(MLContext context, IDataView data, int rowsInMemory, Action? epochDone) =>
        context.MulticlassClassification.Trainers.SoftmaxMlp(new SoftmaxMlpTrainer.Options
        {
            HiddenLayers = [128, 64],
            BatchSize = 256,
            NumberOfEpochs = Epochs,
            ConvergenceTolerance = null,
            MaximumRowsInMemory = rowsInMemory,
            EpochCallback = _ => epochDone?.Invoke(),
        }).Fit(data);

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void ReadAll(IDataView view)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> value = default;
        while (cursor.MoveNext())
        {
            getter(ref value);
        }
    }

    /// <summary>The class, as a key from 0, then the features.</summary>
    private static void WriteCsv(string path, LabelledRows data)
    {
        using var writer = new StreamWriter(path);
        for (int row = 0; row < data.Rows; row++)
        {
            writer.Write(data.Labels[row]);
            foreach (float value in data.Values.AsSpan(row * data.Features, data.Features))
            {
                writer.Write(',');
                writer.Write(value.ToString(CultureInfo.InvariantCulture));
            }

            writer.WriteLine();
        }
    }
}
