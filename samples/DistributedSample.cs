using EE569.Distributed;
using EE569.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Samples;

/// <summary>All processes that mpirun has started train one network, of which the first one saves it; alone the program writes the same model.</summary>
internal static class DistributedSample
{
    public static void Run()
    {
        string? launched = Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_SIZE") ?? Environment.GetEnvironmentVariable("PMI_SIZE");
        using MpiCommunicator? ranks = launched is not null ? new MpiCommunicator() : null;
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile<Flower>("data/iris.csv", separatorChar: ',', hasHeader: true);

        var options = new SoftmaxMlpTrainer.Options { Communicator = ranks, BatchSize = 64, ShardSize = 16 };
        var model = ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.MulticlassClassification.Trainers.SoftmaxMlp(options)).Fit(data);

        if (ranks is null or { Rank: 0 })
        {
            ml.Model.Save(model, data.Schema, "distributed.zip");
            Console.WriteLine($"trained by {ranks?.Size ?? 1}, accuracy {ml.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy:P1}");
        }
    }

    private sealed class Flower
    {
        [LoadColumn(0, 3), VectorType(4)]
        public float[] Features { get; set; } = [];

        [LoadColumn(4)]
        public string Label { get; set; } = "";
    }
}
