using EE569.Trainers.Logging;
using Google.Protobuf;
using Tensorflow;

namespace EE569.Trainers;

/// <summary>Writes trainings as event files, which TensorBoard draws while they grow: <c>tensorboard --logdir directory</c>.</summary>
public static class TensorBoard
{
    private const int Buckets = 30;

    private const string Order = "Rows are actual, columns predicted classes, in the order of the label's keys (of two, the positive one last); the colour is the share of the actual class.";

    /// <summary>
    /// A callback for <see cref="TrainerOptions.EpochCallback"/> that writes loss, metric (accuracy or R²), learning rate, gradient norm, a histogram of each
    /// parameter and, of up to 50 classes, the confusion matrix as a picture. Training and validation are two runs of the same tags, so that their curves share
    /// a chart. A further training with the same callback is written below a folder of its own, "2" and so on; one training at a time.
    /// </summary>
    /// <param name="directory">The folder to write to, made where there is none. What other trainings wrote there stays.</param>
    /// <returns>The callback. A file that cannot be written ends the training with an <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</returns>
    public static Action<EpochProgress> Write(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        (int trainings, int last, EventFile? train, EventFile? validation) = (0, int.MaxValue, null, null);
        return progress =>
        {
            EpochRecord record = progress.Record;
            if (record.Epoch <= last)
            {
                string run = ++trainings == 1 ? directory : Path.Combine(directory, $"{trainings}");
                train = new EventFile(Path.Combine(run, "train"));
                validation = record.ValidationLoss is null ? null : new EventFile(Path.Combine(run, "validation"));
            }

            last = record.Epoch;
            train!.Append(last, new Summary
            {
                Value =
                {
                    Scalar("loss", record.TrainLoss), Scalar("metric", record.TrainMetric), Scalar("learning_rate", record.LearningRate), Scalar("gradient_norm", record.GradientNorm),
                    progress.Parameters.Select((parameter, i) => new Summary.Types.Value { Tag = $"weights/{i + 1:D2}_{parameter.Name}", Histo = Histogram(parameter.Values) }),
                    validation is null ? Picture(progress) : [],
                },
            });
            validation?.Append(last, new Summary { Value = { Scalar("loss", record.ValidationLoss!.Value), Scalar("metric", record.ValidationMetric!.Value), Picture(progress) } });
        };
    }

    private static Summary.Types.Value Scalar(string tag, double value) => new() { Tag = tag, SimpleValue = (float)value };

    private static IEnumerable<Summary.Types.Value> Picture(EpochProgress progress)
    {
        if (progress.Confusion is { Rows: <= ConfusionPicture.MostClasses } counts)
        {
            (int side, byte[] png) = ConfusionPicture.Draw(counts);
            yield return new()
            {
                Tag = "confusion",
                Image = new() { Height = side, Width = side, Colorspace = 4, EncodedImageString = ByteString.CopyFrom(png) },
                Metadata = new() { SummaryDescription = Order },
            };
        }
    }

    /// <summary>Buckets of equal width from the least to the largest value; one where all values are the same.</summary>
    private static HistogramProto Histogram(double[] values)
    {
        (double min, double max) = (values.Min(), values.Max());
        double width = (max - min) / Buckets;
        double[] counts = new double[width > 0 ? Buckets : 1];
        foreach (double value in values)
        {
            counts[width > 0 ? Math.Min((int)((value - min) / width), Buckets - 1) : 0]++;
        }

        return new HistogramProto
        {
            Min = min,
            Max = max,
            Num = values.Length,
            Sum = values.Sum(),
            SumSquares = values.Sum(value => value * value),
            BucketLimit = { counts.Select((_, i) => i == counts.Length - 1 ? max : min + ((i + 1) * width)) },
            Bucket = { counts },
        };
    }
}
