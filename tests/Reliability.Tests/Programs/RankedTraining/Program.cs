using EE569.Distributed;
using EE569.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;

// Trains four models on iris.csv and saves them in the folder named: alone, or together with the other processes that mpirun has started.
bool isLaunched = Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_SIZE") is not null || Environment.GetEnvironmentVariable("PMI_SIZE") is not null;
using MpiCommunicator? ranks = isLaunched ? new MpiCommunicator() : null;
var ml = new MLContext(seed: 1);
IDataView data = ml.Data.LoadFromTextFile<Flower>(args[0], separatorChar: ',', hasHeader: true);
IEstimator<ITransformer> scaled = ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(ml.Transforms.Conversion.MapValueToKey("Label"));
Save("softmax-regression", ml.MulticlassClassification.Trainers.SoftmaxRegression(Shared(new SoftmaxRegressionTrainer.Options())));
Save("softmax-mlp", ml.MulticlassClassification.Trainers.SoftmaxMlp(Shared(new SoftmaxMlpTrainer.Options { Dropout = 0.1 })));
Save("tabm", ml.MulticlassClassification.Trainers.TabM(Shared(new TabMMulticlassTrainer.Options { HiddenLayers = [32, 32], EarlyStopping = null })));
Save("regression", ml.Regression.Trainers.MlpRegression(Shared(new MlpRegressionTrainer.Options { LabelColumnName = "Width", ValidationFraction = 0.2 })));

TOptions Shared<TOptions>(TOptions options) where TOptions : TrainerOptions
{
    (options.Communicator, options.BatchSize, options.ShardSize, options.NumberOfEpochs, options.NumberOfThreads) = (ranks, 64, 8, 10, 1);
    return options;
}

void Save(string name, IEstimator<ITransformer> trainer)
{
    ITransformer model = scaled.Append(trainer).Fit(data);
    if (ranks is null or { Rank: 0 })
    {
        ml.Model.Save(model, data.Schema, Path.Combine(args[1], $"{name}.zip"));
    }
}

internal sealed class Flower
{
    [LoadColumn(0, 3), VectorType(4)]
    public float[] Features { get; set; } = [];

    [LoadColumn(3)]
    public float Width { get; set; }

    [LoadColumn(4)]
    public string Label { get; set; } = "";
}
