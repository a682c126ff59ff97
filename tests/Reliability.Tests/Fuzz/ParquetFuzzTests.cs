using EE569.Experiments;
using EE569.Experiments.Tables;
using Parquet;
using Parquet.Schema;

namespace EE569.Reliability.Tests.Fuzz;

/// <summary>A damaged Parquet file is refused in one line that names it, or read as whole columns; a damaged count claims no memory to speak of.</summary>
[TestClass]
public sealed class ParquetFuzzTests
{
    private const int Rows = 50;

    [TestMethod]
    [DataRow(CompressionMethod.None)]
    [DataRow(CompressionMethod.Snappy)]
    public async Task Damaged_files_are_refused_by_name_or_read_whole(CompressionMethod compression)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("table.parquet");
        byte[] original = await Written(compression);
        Fuzzer.Run(250, mutator =>
        {
            File.WriteAllBytes(path, mutator.Damage(original));
            long before = GC.GetTotalAllocatedBytes();
            using TableFile file = TableFile.Open(path);
            LoadedColumn[] columns = [.. file.Read(_ => null).Select(reader => reader.Column())];

            Assert.IsTrue(columns.All(column => column.Values.Length == file.ExpectedRows));
            Assert.IsLessThan(256L << 20, GC.GetTotalAllocatedBytes() - before, "a damaged count claimed memory");
        }, error => error is UserException && error.Message.Contains(path, StringComparison.Ordinal) && !error.Message.Contains('\n', StringComparison.Ordinal));
    }

    private static async Task<byte[]> Written(CompressionMethod compression)
    {
        DataField[] fields = [new DataField<double?>("a"), new DataField<long>("b"), new DataField<bool>("c"), new DataField<string>("d"), new DateTimeDataField("e", DateTimeFormat.DateAndTime)];
        using var stream = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, new ParquetOptions { CompressionMethod = compression }))
        {
            for (int group = 0; group < 2; group++)
            {
                using ParquetRowGroupWriter rows = writer.CreateRowGroup();
                T[] Column<T>(Func<int, T> cell) => [.. Enumerable.Range(0, Rows).Select(cell)];
                await rows.WriteAsync<double>(fields[0], Column<double?>(row => row % 5 == 0 ? null : row / 2.0));
                await rows.WriteAsync<long>(fields[1], Column(row => (long)row));
                await rows.WriteAsync<bool>(fields[2], Column(row => row % 3 == 0));
                await rows.WriteAsync(fields[3], Column(row => $"text {row % 7}"));
                await rows.WriteAsync<DateTime>(fields[4], Column(row => new DateTime(2020, 1, 1).AddHours(row)));
            }
        }

        return stream.ToArray();
    }
}
