using EE569.Engine.Training;
using EE569.Trainers.Logging;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Logging;

/// <summary>Event files, read back by a reader that knows the format's description only.</summary>
[TestClass]
public sealed class TensorBoardTests
{
    // Field numbers of Event, Summary.Value and HistogramProto.
    private const int WallTime = 1, Step = 2, FileVersion = 3, EventSummary = 5, Values = 1, Tag = 1, SimpleValue = 2, Image = 4, Histogram = 5;

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_record_is_framed_byte_for_byte_as_the_format_says()
    {
        // The checksum of "123456789" is CRC-32C's published check value, 0xE3069283; masked it is 0xC78AB0E5.
        Assert.AreEqual("090000000000000037F97139313233343536373839E5B08AC7", Convert.ToHexString(EventFile.Frame("123456789"u8)));

        // So begins every event file of TensorFlow, whose first message has 24 bytes.
        Assert.StartsWith("1800000000000000A37F4B22", Convert.ToHexString(EventFile.Frame(new byte[24])));
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_training_is_read_back_as_its_history(string trainer)
    {
        using var folder = new TemporaryFolder();
        var parameters = new List<double[][]>();
        ITrainer training = TrainerCase.Create(_ml, trainer, options =>
        {
            options.NumberOfEpochs = 3;
            options.ValidationFraction = 0.2;
            options.EpochCallback = TensorBoard.Write(folder.Path);
            options.EpochCallback += progress => parameters.Add([.. progress.Parameters.Select(parameter => parameter.Values)]);
        });
        training.Estimator.Fit(TrainerCase.Data(_ml, trainer));

        EpochRecord[] history = [.. training.LastHistory!];
        IReadOnlyList<EventReader.Message> train = Events(folder, "train"), validation = Events(folder, "validation");
        CollectionAssert.AreEqual(new long[] { 1, 2, 3 }, train.Select(one => one.Integer(Step)).ToArray());
        AssertScalars(train, "loss", history.Select(epoch => epoch.TrainLoss));
        AssertScalars(train, "metric", history.Select(epoch => epoch.TrainMetric));
        AssertScalars(train, "learning_rate", history.Select(epoch => epoch.LearningRate));
        AssertScalars(train, "gradient_norm", history.Select(epoch => epoch.GradientNorm));
        AssertScalars(validation, "loss", history.Select(epoch => epoch.ValidationLoss!.Value));
        AssertScalars(validation, "metric", history.Select(epoch => epoch.ValidationMetric!.Value));
        for (int epoch = 0; epoch < train.Count; epoch++)
        {
            EventReader.Message[] histograms = [.. ValuesOf(train[epoch]).Where(value => value.Has(Histogram)).Select(value => value.Messages(Histogram).Single())];
            Assert.HasCount(parameters[epoch].Length, histograms);
            foreach ((double[] values, EventReader.Message histogram) in parameters[epoch].Zip(histograms))
            {
                AssertHistogram(values, histogram);
            }
        }

        bool isClassifier = trainer != TrainerCase.Regression;
        Assert.AreEqual(isClassifier, ValuesOf(validation[^1]).Any(value => value.Has(Image)), "the confusion matrix of the validation rows");
        Assert.IsFalse(ValuesOf(train[^1]).Any(value => value.Has(Image)));
    }

    [TestMethod]
    public void The_confusion_matrix_is_a_PNG_of_the_size_told()
    {
        using var folder = new TemporaryFolder();
        TrainerCase.Create(_ml, TrainerCase.SoftmaxMlp, options => (options.EpochCallback, options.ValidationFraction) = (TensorBoard.Write(folder.Path), 0)).Estimator.Fit(TrainerCase.Data(_ml, TrainerCase.SoftmaxMlp));

        EventReader.Message value = ValuesOf(Events(folder, "train")[^1]).Single(value => value.Has(Image)), image = value.Messages(Image).Single();
        byte[] png = image.Bytes(4);
        Assert.AreEqual("confusion", value.Text(Tag));
        Assert.AreEqual("89504E470D0A1A0A0000000D49484452", Convert.ToHexString(png.AsSpan(0, 16)));
        Assert.AreEqual(image.Integer(2), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.AreEqual(image.Integer(1), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        Assert.IsFalse(Directory.Exists(folder.File("validation")), "there were no validation rows");
    }

    [TestMethod]
    public void A_second_training_with_the_same_callback_is_a_run_of_its_own()
    {
        using var folder = new TemporaryFolder();
        ITrainer training = TrainerCase.Create(_ml, TrainerCase.Softmax, options => (options.NumberOfEpochs, options.EpochCallback) = (2, TensorBoard.Write(folder.Path)));
        training.Estimator.Fit(TrainerCase.Data(_ml, TrainerCase.Softmax));
        training.Estimator.Fit(TrainerCase.Data(_ml, TrainerCase.Softmax));

        Assert.HasCount(2, Events(folder, "train"));
        Assert.HasCount(2, Events(folder, Path.Combine("2", "train")));
    }

    /// <summary>The events of a run behind the one that tells the version.</summary>
    private static IReadOnlyList<EventReader.Message> Events(TemporaryFolder folder, string run)
    {
        IReadOnlyList<EventReader.Message> events = EventReader.Read(folder.File(run));
        Assert.AreEqual("brain.Event:2", events[0].Text(FileVersion));
        Assert.IsTrue(events.All(one => Math.Abs(one.Double(WallTime) - DateTimeOffset.UtcNow.ToUnixTimeSeconds()) < 600), "times are seconds since 1970");
        return [.. events.Skip(1)];
    }

    private static IEnumerable<EventReader.Message> ValuesOf(EventReader.Message one) => one.Messages(EventSummary).Single().Messages(Values);

    private static void AssertScalars(IEnumerable<EventReader.Message> events, string tag, IEnumerable<double> expected) => CollectionAssert.AreEqual(
        expected.Select(value => (float)value).ToArray(), events.Select(one => ValuesOf(one).Single(value => value.Text(Tag) == tag).Single(SimpleValue)).ToArray(), tag);

    private static void AssertHistogram(double[] values, EventReader.Message histogram)
    {
        Assert.AreEqual(values.Min(), histogram.Double(1));
        Assert.AreEqual(values.Max(), histogram.Double(2));
        Assert.AreEqual(values.Length, histogram.Double(3));
        Assert.AreEqual(values.Sum(), histogram.Double(4));
        Assert.AreEqual(values.Sum(value => value * value), histogram.Double(5));
        (double[] limits, double[] counts) = (histogram.Doubles(6), histogram.Doubles(7));
        Assert.HasCount(limits.Length, counts);
        Assert.AreEqual(values.Max(), limits[^1]);
        double seen = 0;
        for (int i = 0; i < limits.Length; i++)
        {
            // A value on a limit may have rounded to either side of it.
            double near = 1e-12 * (values.Max() - values.Min());
            seen += counts[i];
            Assert.IsInRange(values.Count(value => value < limits[i] - near), values.Count(value => value <= limits[i] + near), seen);
        }
    }
}
