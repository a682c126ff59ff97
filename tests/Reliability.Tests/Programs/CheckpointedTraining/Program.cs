// Usage: CheckpointedTraining CHECKPOINT EPOCHS [TabM | LogisticMlp]. Writes "training" to the error stream after its first epoch, prints the bits of the scores when all are done.
using System.Globalization;
using EE569.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext(seed: 1);
var random = new Random(1);
IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Row
{
    Label = i % 2 == 0,
    Features = [(float)random.NextDouble() + (i % 2), (float)random.NextDouble(), (float)random.NextDouble()],
}).ToArray());

bool told = false;
void Set(TrainerOptions options)
{
    (options.BatchSize, options.NumberOfEpochs, options.ConvergenceTolerance) = (16, int.Parse(args[1], CultureInfo.InvariantCulture), null);
    (options.ValidationFraction, options.EarlyStopping) = (0, null);
    (options.CheckpointFile, options.ResumeFromCheckpoint) = (args[0], true);
    options.EpochCallback = _ =>
    {
        if (!told)
        {
            Console.Error.WriteLine("training");
            told = true;
        }
    };
}

LogisticMlpTransformer model;
if (args is [_, _, "TabM"])
{
    var options = new TabMBinaryTrainer.Options { HiddenLayers = [8], NumberOfMembers = 2, EmbeddingSize = 4 };
    Set(options);
    model = ml.BinaryClassification.Trainers.TabM(options).Fit(data);
}
else
{
    var options = new LogisticMlpTrainer.Options { HiddenLayers = [8] };
    Set(options);
    model = ml.BinaryClassification.Trainers.LogisticMlp(options).Fit(data);
}

var scores = model.Transform(data).GetColumn<float>("Score");
Console.WriteLine(string.Join(' ', scores.Select(score => BitConverter.SingleToInt32Bits(score).ToString("x8", CultureInfo.InvariantCulture))));

internal sealed class Row
{
    public bool Label { get; set; }

    [VectorType(3)]
    public float[] Features { get; set; } = [];
}
