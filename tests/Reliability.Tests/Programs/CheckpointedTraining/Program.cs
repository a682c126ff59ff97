// Usage: CheckpointedTraining CHECKPOINT EPOCHS. Writes "training" to the error stream after its first epoch, prints the bits of the scores when all are done.
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
var trainer = ml.BinaryClassification.Trainers.LogisticMlp(new LogisticMlpTrainer.Options
{
    HiddenLayers = [8],
    BatchSize = 16,
    NumberOfEpochs = int.Parse(args[1], CultureInfo.InvariantCulture),
    ConvergenceTolerance = null,
    CheckpointFile = args[0],
    ResumeFromCheckpoint = true,
    EpochCallback = _ =>
    {
        if (!told)
        {
            Console.Error.WriteLine("training");
            told = true;
        }
    },
});
var scores = trainer.Fit(data).Transform(data).GetColumn<float>("Score");
Console.WriteLine(string.Join(' ', scores.Select(score => BitConverter.SingleToInt32Bits(score).ToString("x8", CultureInfo.InvariantCulture))));

internal sealed class Row
{
    public bool Label { get; set; }

    [VectorType(3)]
    public float[] Features { get; set; } = [];
}
