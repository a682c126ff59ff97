using EE569.Engine.Losses;
using EE569.Engine.Networks;
using EE569.Engine.Random;
using EE569.Engine.Training;
using EE569.Trainers.Reading;
using EE569.Trainers.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Data;

/// <summary>Rows that do not fit in memory go through a temporary file unchanged, which is gone afterwards, and which may fail.</summary>
[TestClass]
public class SpillFileTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(20_000, 100, 3, DisplayName = "sparse rows")]
    [DataRow(10_000, 60, 30, DisplayName = "dense rows")]
    [DataRow(3, 300_000, 100_000, DisplayName = "rows that are longer than a usual block")]
    public void Rows_on_disk_train_to_the_bits_of_rows_in_memory(int rows, int features, int nonZeros)
    {
        var data = Rows(rows, features, nonZeros);
        var columns = Columns(data, weight: true);
        using var inMemory = Read(data, columns, int.MaxValue, SpillFile.OpenTemporary);
        using var onDisk = Read(data, columns, rowsInMemory: 2, SpillFile.OpenTemporary);

        Assert.IsNull(inMemory.Examples.OnDisk);
        Assert.IsGreaterThan(1, onDisk.Examples.OnDisk!.Blocks);
        CollectionAssert.AreEqual(Train(inMemory), Train(onDisk));
    }

    [TestMethod]
    public void The_file_has_no_name_while_it_is_used_or_loses_it_in_the_end()
    {
        string name;
        using (var file = SpillFile.OpenTemporary())
        {
            name = file.Name;
            Assert.AreEqual(OperatingSystem.IsWindows(), File.Exists(name));
        }

        Assert.IsFalse(File.Exists(name));
    }

    [TestMethod]
    public void The_file_is_closed_with_the_data_and_when_reading_fails()
    {
        var data = Rows(500, 50, 3);
        var columns = Columns(data, weight: false);
        FileStream? opened = null;
        FileStream Open() => opened = SpillFile.OpenTemporary();

        Read(data, columns, rowsInMemory: 10, Open).Dispose();
        Assert.IsFalse(opened!.CanRead);

        opened = null;
        var failing = Rows(500, 50, 3, failAt: 400);
        Assert.ThrowsExactly<InvalidDataException>(() => Read(failing, Columns(failing, weight: false), rowsInMemory: 10, Open));
        Assert.IsFalse(opened!.CanRead);
    }

    [TestMethod]
    [DataRow(0, DisplayName = "the folder is missing")]
    [DataRow(1, DisplayName = "the disk is full at the first block")]
    [DataRow(2, DisplayName = "the disk is full later")]
    public void Without_room_on_disk_every_epoch_reads_the_view(int successfulWrites)
    {
        var data = Rows(2_000, 1_000, 400);
        var columns = Columns(data, weight: true);
        FileStream? opened = null;
        FileStream Open() => opened = successfulWrites == 0
            ? new FileStream(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString(), "missing"), FileMode.CreateNew)
            : new FullDisk(successfulWrites - 1);
        using var inMemory = Read(data, columns, int.MaxValue, Open);
        using var streamed = Read(data, columns, rowsInMemory: 5, Open);

        Assert.IsNull(streamed.Examples.OnDisk);
        Assert.Contains(successfulWrites == 0 ? "missing" : "No space left", streamed.Examples.Failure!);
        Assert.IsFalse(opened?.CanRead ?? false);
        CollectionAssert.AreEqual(Train(inMemory), Train(streamed));
    }

    [TestMethod]
    public void A_file_that_is_cut_short_is_an_error()
    {
        var data = Rows(2_000, 1_000, 400);
        FileStream? opened = null;
        using var streamed = Read(data, Columns(data, weight: false), rowsInMemory: 5, () => opened = SpillFile.OpenTemporary());
        opened!.SetLength(opened.Length - 1);
        Assert.Contains("cut short", Assert.ThrowsExactly<EndOfStreamException>(() => Train(streamed)).Message);
    }

    private static TrainingData Read(IDataView data, TrainingColumns columns, int rowsInMemory, Func<FileStream> open) =>
        new TrainingDataReader(rowsInMemory, validationFraction: 0, seed: 1, checkAlive: () => { }, open).Read(data, columns);

    private static float[] Train(TrainingData data)
    {
        var network = new FeedForward { Inputs = data.Columns.FeatureCount, Loss = LossFunction.BinaryCrossEntropy }.Build<float>();
        var options = new TrainingOptions<float> { BatchSize = 16, NumberOfEpochs = 2, Shuffle = false };
        new MiniBatchTrainer<float>(options).Fit(network, data.Train);
        return network.CopyParameters();
    }

    private static TrainingColumns Columns(IDataView data, bool weight) =>
        new(LearningTask.Binary, data.Schema["Features"], data.Schema["Label"], weight ? data.Schema["Weight"] : null);

    private IDataView Rows(int rows, int features, int nonZeros, int failAt = -1)
    {
        var random = new SplitMix64(3);
        var examples = new List<SpilledRow>();
        for (int row = 0; row < rows; row++)
        {
            int[] indices = [.. Enumerable.Range(0, nonZeros).Select(i => (int)((long)features * i / nonZeros) + random.NextInt32(features / nonZeros))];
            float[] values = [.. indices.Select(_ => (float)random.NextGaussian())];
            examples.Add(new SpilledRow
            {
                Label = random.NextInt32(2) == 1,
                Weight = 0.5f + random.NextInt32(3),
                // Some rows give their zeros, too.
                Features = row % 3 == 0 ? new VBuffer<float>(features, Dense(features, indices, values)) : new VBuffer<float>(features, nonZeros, values, indices),
            });
        }

        var schema = SchemaDefinition.Create(typeof(SpilledRow));
        schema[nameof(SpilledRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        return _ml.Data.LoadFromEnumerable(examples.Select((example, row) => row == failAt ? throw new InvalidDataException() : example), schema);
    }

    private static float[] Dense(int features, int[] indices, float[] values)
    {
        var dense = new float[features];
        for (int i = 0; i < indices.Length; i++)
        {
            dense[indices[i]] = values[i];
        }

        return dense;
    }

    private sealed class SpilledRow
    {
        public bool Label { get; set; }

        public float Weight { get; set; }

        public VBuffer<float> Features { get; set; }
    }

    /// <summary>A file on a disk that has room for some writes.</summary>
    private sealed class FullDisk(int writes) : FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose)
    {
        private int _left = writes;

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (_left-- == 0)
            {
                throw new IOException("No space left on device");
            }

            base.Write(buffer, offset, count);
        }
    }
}
