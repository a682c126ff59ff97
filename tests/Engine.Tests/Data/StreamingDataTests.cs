using EE569.Engine.Data;
using EE569.Engine.Losses;
using EE569.Engine.Random;
using EE569.Engine.Tests.Training;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Data;

/// <summary>A stream trains as the same rows in memory do.</summary>
[TestClass]
public class StreamingDataTests
{
    private static readonly DenseData<double> Rows = TestData.Clusters<double>(30, 4, 3, weights: [.. Enumerable.Range(1, 30).Select(i => (double)i)]);
    private static readonly TrainingOptions<double> InOrder = Fitting.FullBatch with { BatchSize = 7, Shuffle = false };

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_stream_in_order_equals_memory_in_order(bool isSparse)
    {
        double[] expected = Fitting.Parameters(TestData.Linear<double>(4, 3), Rows, InOrder);
        double[] actual = Fitting.Parameters(TestData.Linear<double>(4, 3), Stream(isSparse: isSparse), InOrder);
        Golden.AreClose(expected, actual, relative: 1e-10);
    }

    [TestMethod]
    public void A_batch_larger_than_the_stream_grows_to_all_rows()
    {
        DenseData<double> data = TestData.Clusters<double>(700, 4, 3);
        var stream = new StreamingData<double>(4, () => new ListReader(data, Enumerable.Range(0, 700)));
        TrainingOptions<double> options = Fitting.FullBatch with { Shuffle = false };
        Golden.AreClose(
            Fitting.Parameters(TestData.Linear<double>(4, 3), data, options),
            Fitting.Parameters(TestData.Linear<double>(4, 3), stream, options),
            relative: 1e-10);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(5)]
    [DataRow(1000)]
    public void Every_row_appears_once_in_a_shuffled_epoch(int poolSize)
    {
        using BatchReader<double> reader = Stream(poolSize).CreateReader(7, TestData.Linear<double>(4, 3), isSparse: false);
        reader.Start(new SplitMix64(1));
        var weights = new List<double>();
        while (reader.MoveNext())
        {
            weights.AddRange(reader.Current.Targets.Weights);
        }

        CollectionAssert.AreEqual(Enumerable.Range(1, 30).Select(i => (double)i).ToArray(), weights.Order().ToArray());
        Assert.AreEqual(poolSize == 1, weights.SequenceEqual(weights.Order()));
    }

    [TestMethod]
    public void The_pool_bounds_how_far_a_row_moves_to_the_front()
    {
        using BatchReader<double> reader = Stream(poolSize: 5).CreateReader(1, TestData.Linear<double>(4, 3), isSparse: false);
        reader.Start(new SplitMix64(3));
        for (int position = 0; reader.MoveNext(); position++)
        {
            Assert.IsLessThanOrEqualTo(position + 5, (int)reader.Current.Targets.Weights[0]);
        }
    }

    [TestMethod]
    public void Epochs_have_different_orders_and_streams_are_closed()
    {
        var opened = new List<ListReader>();
        var stream = new StreamingData<double>(4, () =>
        {
            opened.Add(new ListReader(Rows, Enumerable.Range(0, 30)));
            return opened[^1];
        });
        new MiniBatchTrainer<double>(new() { NumberOfEpochs = 3 }).Fit(TestData.Linear<double>(4, 3), stream);
        Assert.HasCount(3, opened);
        Assert.IsTrue(opened.All(reader => reader.IsDisposed));
        Assert.AreEqual(30, stream.Count);
    }

    [TestMethod]
    public void Values_can_be_streamed_too()
    {
        DenseData<double> line = TestData.Line<double>();
        var stream = new StreamingData<double>(2, () => new ListReader(line, Enumerable.Range(0, 100)), targetValues: 1);
        Golden.AreClose(
            Fitting.Parameters(TestData.Linear<double>(2, 1, LossFunction.MeanSquaredError), line, InOrder with { LearningRate = 0.01 }),
            Fitting.Parameters(TestData.Linear<double>(2, 1, LossFunction.MeanSquaredError), stream, InOrder with { LearningRate = 0.01 }),
            relative: 1e-10);
    }

    [TestMethod]
    public void A_schedule_that_counts_steps_needs_the_number_of_rows()
    {
        var options = InOrder with { Schedule = EE569.Engine.Schedules.Schedules.Cosine() };
        Assert.Contains("ScheduleInterval", Assert.ThrowsExactly<ArgumentException>(() => Fitting.Parameters(TestData.Linear<double>(4, 3), Stream(), options)).Message);
        Fitting.Parameters(TestData.Linear<double>(4, 3), Stream(count: 30), options);
        Fitting.Parameters(TestData.Linear<double>(4, 3), Stream(), options with { ScheduleInterval = ScheduleInterval.Epoch });
    }

    [TestMethod]
    public void Bad_rows_are_named_by_their_number()
    {
        var unlabelled = new DenseData<double>(Rows.Rows, [.. Rows.Targets.Labels.ToArray().Select((label, row) => row == 20 ? 9 : label)]);
        var stream = new StreamingData<double>(4, () => new ListReader(unlabelled, Enumerable.Range(0, 30)));
        Assert.Contains("Row 20: label 9", Assert.ThrowsExactly<ArgumentException>(() => Fitting.Parameters(TestData.Linear<double>(4, 3), stream)).Message);
    }

    [TestMethod]
    public void An_empty_stream_is_refused() => Assert.ThrowsExactly<InvalidDataException>(
        () => Fitting.Parameters(TestData.Linear<double>(4, 3), new StreamingData<double>(4, () => new ListReader(Rows, []))));

    private static StreamingData<double> Stream(int poolSize = 10_000, long? count = null, bool isSparse = false) =>
        new(4, () => new ListReader(Rows, Enumerable.Range(0, 30)), poolSize, count, isSparse);
}
