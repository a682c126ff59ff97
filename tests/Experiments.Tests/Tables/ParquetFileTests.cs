using EE569.Experiments.Tables;
using Parquet;
using Parquet.Schema;

namespace EE569.Experiments.Tests.Tables;

[TestClass]
public sealed class ParquetFileTests
{
    private const int Rows = 300;

    [TestMethod]
    public async Task Columns_of_every_type_are_read_from_all_row_groups()
    {
        using var folder = new TemporaryFolder();
        using TableFile file = TableFile.Open(await Write(folder));
        LoadedColumn[] columns = [.. file.Read(_ => null).Select(reader => reader.Column())];

        Assert.AreEqual("Parquet, 2 row groups", file.Description);
        Assert.AreEqual(
            "double Number 60, long Number 0, decimal Number 0, flag Boolean 0, maybe Boolean 60, day Date 60, words Text 60, digits Text 0, label Text 0",
            string.Join(", ", columns.Select(column => $"{column.Name} {column.Kind} {column.Missing}")));
        for (int i = 0; i < 2 * Rows; i++)
        {
            int row = i % Rows;
            Assert.AreEqual(row % 10 == 0 ? float.NaN : row / 2f, columns[0].Values[i]);
            Assert.AreEqual((float)row, columns[1].Values[i]);
            Assert.AreEqual(row / 4f, columns[2].Values[i]);
            Assert.AreEqual(row % 3 == 0 ? 1f : 0f, columns[3].Values[i]);
            Assert.AreEqual(row % 10 == 0 ? float.NaN : row % 3 == 0 ? 1f : 0f, columns[4].Values[i]);
            Assert.AreEqual(row % 10 == 0 ? null : new DateTime(2015, 1, 1).AddDays(row), columns[5].Values[i]);
            Assert.AreEqual(row % 10 == 0 ? null : $"w{row % 7}", columns[6].Values[i]);
            Assert.AreEqual($"0{row}", columns[7].Values[i]);
        }
    }

    [TestMethod]
    public async Task A_model_is_trained_on_it_evaluated_and_predicts()
    {
        using var folder = new TemporaryFolder();
        string file = await Write(folder), model = Path.Combine(folder.Path, "model.zip");
        ProgramRun train = await ProgramRun.Of("train", "--data", file, "--label", "label", "--epochs", "30", "--ignore", "words", "digits", "--out", folder.Path);
        ProgramRun evaluate = await ProgramRun.Of("evaluate", "--model", model, "--data", file, "--label", "label", "--json");
        ProgramRun predict = await ProgramRun.Of("predict", "--model", model, "--data", file);

        Assert.AreEqual(0, train.ExitCode, train.Error);
        Assert.Contains("Read as Parquet, 2 row groups.", train.Output);
        Assert.IsGreaterThan(0.9, System.Text.Json.JsonDocument.Parse(evaluate.Output).RootElement.GetProperty("accuracy").GetDouble(), evaluate.Error);
        Assert.HasCount((2 * Rows) + 1, predict.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [TestMethod]
    public async Task A_damaged_file_is_one_line()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = File.ReadAllBytes(await Write(folder));
        string cut = Path.Combine(folder.Path, "cut.parquet");
        foreach (int length in new[] { 4, 100, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(cut, bytes[..length]);
            Assert.Contains("Cannot read", await ProgramRun.ErrorOf("train", "--data", cut, "--label", "label", "--out", folder.Path));
        }
    }

    private static async Task<string> Write(TemporaryFolder folder)
    {
        string path = Path.Combine(folder.Path, "table.parquet");
        DataField[] fields =
        [
            new DataField<double?>("double"), new DataField<long>("long"), new DecimalDataField("decimal", 18, 4), new DataField<bool>("flag"), new DataField<bool?>("maybe"),
            new DateTimeDataField("day", DateTimeFormat.DateAndTime, isNullable: true), new DataField<string>("words"), new DataField<string>("digits"), new DataField<string>("label"),
        ];
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        for (int group = 0; group < 2; group++)
        {
            using ParquetRowGroupWriter rows = writer.CreateRowGroup();
            T[] Column<T>(Func<int, T> cell) => [.. Enumerable.Range(0, Rows).Select(cell)];
            await rows.WriteAsync<double>(fields[0], Column<double?>(row => row % 10 == 0 ? null : row / 2.0));
            await rows.WriteAsync<long>(fields[1], Column(row => (long)row));
            await rows.WriteAsync<decimal>(fields[2], Column(row => row / 4m));
            await rows.WriteAsync<bool>(fields[3], Column(row => row % 3 == 0));
            await rows.WriteAsync<bool>(fields[4], Column<bool?>(row => row % 10 == 0 ? null : row % 3 == 0));
            await rows.WriteAsync<DateTime>(fields[5], Column<DateTime?>(row => row % 10 == 0 ? null : new DateTime(2015, 1, 1).AddDays(row)));
            await rows.WriteAsync(fields[6], Column(row => row % 10 == 0 ? null! : $"w{row % 7}"));
            await rows.WriteAsync(fields[7], Column(row => $"0{row}"));
            await rows.WriteAsync(fields[8], Column(row => row % 3 == 0 ? "third" : "other"));
        }

        return path;
    }
}
