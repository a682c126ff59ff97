using System.Globalization;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Workloads;
using Microsoft.ML;

namespace EE569.Benchmarks.Studies;

/// <summary>The tabular network trained from CSV files of growing size in a process that may not hold them.</summary>
internal sealed class StreamingStudy(bool quick, bool smoke, TextWriter log)
{
    private const int RowsInMemory = 10_000;
    private const long MemoryLimit = 300 << 20;

    private int BlockRows => smoke ? 500 : 50_000;

    // 76 times 50,000 rows of 570 bytes are a little over 2 GB.
    private int[] Blocks => smoke ? [1, 2] : quick ? [1, 2, 4] : [1, 8, 76];

    public Part Measure()
    {
        List<(double Ratio, long Peak, string[] Row)> measured = [];
        string file = Path.Combine(Path.GetTempPath(), $"ee569-streaming-{Environment.ProcessId}.csv");
        try
        {
            NetworkWorkload workload = NetworkWorkloads.Tabular with { Rows = BlockRows };
            string block = Csv(workload.Generate(workload));
            foreach (int blocks in Blocks)
            {
                using (var writer = new StreamWriter(file))
                {
                    for (int i = 0; i < blocks; i++)
                    {
                        writer.Write(block);
                    }
                }

                measured.Add(Measure(file, blocks * BlockRows));
            }
        }
        finally
        {
            File.Delete(file);
        }

        (double ratio, long peak, _) = measured[^1];
        double growth = (double)peak / measured[0].Peak;
        return new Part(
            "Streaming",
            $"""
            SoftmaxMlp 54-128-64-7 (relu, batch 256, {CsvTraining.Epochs} epochs, 1 thread) on rows read from a CSV file, each training in a process of its own. Streamed: at most {RowsInMemory:N0} rows
            in memory and a managed heap of at most {Format.Bytes(MemoryLimit)}; the first pass parses the text and copies the rows to a temporary file, which the epochs read. Cached: the first pass loads
            all rows into memory, without a limit. Rows a second count every epoch over the whole time, first pass included; peak memory is the largest resident set of
            the whole process.
            """,
            ["rows", "file", "streamed: rows a second", "peak memory", "cached: rows a second", "peak memory", "reading alone: rows a second", "streamed / cached"],
            [.. measured.Select(file => file.Row)],
            [
                new Verdict("streaming: speed of streamed over cached training, the largest file", "0.5", Format.Number(ratio), ratio >= 0.5),
                new Verdict("streaming: peak memory of the whole process, the largest file", Format.Bytes(MemoryLimit), Format.Bytes(peak), peak <= MemoryLimit),
                new Verdict("streaming: peak memory, the largest file over the smallest", "flat: at most 1.2 x", $"{Format.Number(growth)} x", growth <= 1.2),
            ]);
    }

    private (double Ratio, long Peak, string[] Row) Measure(string file, int rows)
    {
        double reading = rows / DataViews.Read(CsvTraining.Open(new MLContext(seed: 1), file), "Features");
        CsvTraining streamed = CsvTraining.Start(file, RowsInMemory, MemoryLimit), cached = CsvTraining.Start(file, int.MaxValue, heapLimit: null);
        double ratio = streamed.RowsPerSecond / cached.RowsPerSecond;
        string size = Format.Bytes(new FileInfo(file).Length);
        log.WriteLine($"streaming: {rows} rows, {size}: {Format.Number(streamed.RowsPerSecond)} rows/s in {Format.Bytes(streamed.PeakBytes)}; cached {Format.Number(cached.RowsPerSecond)} rows/s in {Format.Bytes(cached.PeakBytes)}");
        return (ratio, streamed.PeakBytes, [
            $"{rows:N0}", size, Format.Number(streamed.RowsPerSecond), Format.Bytes(streamed.PeakBytes), Format.Number(cached.RowsPerSecond), Format.Bytes(cached.PeakBytes),
            Format.Number(reading), Format.Number(ratio),
        ]);
    }

    /// <summary>The class, as a key from 0, then the features.</summary>
    private static string Csv(LabelledRows data)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        for (int row = 0; row < data.Rows; row++)
        {
            writer.Write(data.Labels[row]);
            foreach (float value in data.Row(row))
            {
                writer.Write(',');
                writer.Write(value);
            }

            writer.WriteLine();
        }

        return writer.ToString();
    }
}
