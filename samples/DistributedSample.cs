using EE569.Distributed;
using EE569.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Samples;

/// <summary>Four models trained by all processes that mpirun has started, of which the first one saves them; alone the program writes the same files.</summary>
internal static class DistributedSample
{
    public static void Run()
    {
        bool isLaunched = Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_SIZE") is not null || Environment.GetEnvironmentVariable("PMI_SIZE") is not null;
        using MpiCommunicator? ranks = isLaunched ? new MpiCommunicator() : null;
        try
        {
            Train(ranks);
        }
        catch (Exception exception) when (ranks is not null)
        {
            Console.Error.WriteLine($"rank {ranks.Rank}: {exception.Message}");
            ranks.Abort(1); // The others would wait for this one.
        }
    }

    private static void Train(MpiCommunicator? ranks)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile<Flower>("data/iris.csv", separatorChar: ',', hasHeader: true);
        IEstimator<ITransformer> keys = ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.Transforms.NormalizeMeanVariance("Features", fixZero: false));
        Save("softmax-regression", keys.Append(ml.MulticlassClassification.Trainers.SoftmaxRegression(Shared(new SoftmaxRegressionTrainer.Options()))));
        Save("softmax-mlp", keys.Append(ml.MulticlassClassification.Trainers.SoftmaxMlp(Shared(new SoftmaxMlpTrainer.Options { Dropout = 0.1 }))));
        Save("tabm", keys.Append(ml.MulticlassClassification.Trainers.TabM(Shared(new TabMMulticlassTrainer.Options { HiddenLayers = [32, 32], EarlyStopping = null }))));
        Save("regression", ml.Transforms.NormalizeMeanVariance("Features", fixZero: false)
            .Append(ml.Regression.Trainers.MlpRegression(Shared(new MlpRegressionTrainer.Options { LabelColumnName = "Width", ValidationFraction = 0.2 }))));

        TOptions Shared<TOptions>(TOptions options) where TOptions : TrainerOptions
        {
            (options.Communicator, options.BatchSize, options.ShardSize, options.NumberOfEpochs, options.NumberOfThreads) = (ranks, 64, 8, 10, 1);
            return options;
        }

        void Save(string name, IEstimator<ITransformer> pipeline)
        {
            ITransformer model = pipeline.Fit(data); // on every rank: each computes some shards of every batch
            if (ranks is null or { Rank: 0 })
            {
                ml.Model.Save(model, data.Schema, $"{name}.zip");
                Console.WriteLine($"{name}.zip, trained by {ranks?.Size ?? 1}");
            }
        }
    }

    private sealed class Flower
    {
        [LoadColumn(0, 3), VectorType(4)]
        public float[] Features { get; set; } = [];

        [LoadColumn(3)]
        public float Width { get; set; }

        [LoadColumn(4)]
        public string Label { get; set; } = "";
    }
}
