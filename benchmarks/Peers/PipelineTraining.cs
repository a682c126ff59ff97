using System.Diagnostics;
using EE569.Benchmarks.Workloads;
using EE569.Engine.Optimizers;
using EE569.Trainers;
using Microsoft.ML;

namespace EE569.Benchmarks.Peers;

/// <summary>Trainings of a workload in an ML.NET pipeline, on a data view cached in memory.</summary>
internal sealed class PipelineTraining(PreparedWorkload prepared)
{
    private readonly MLContext _context = new(seed: 1);
    private double? _loss;
    private IDataView? _view;

    private NetworkWorkload Workload => prepared.Workload;

    private IDataView View => _view ??= DataViews.Of(_context, prepared.Data, Workload.Classes, Workload.IsSparse);

    public Outcome Train(int threads)
    {
        IDataView view = View;
        IEstimator<ITransformer> trainer = Trainer(threads);
        long start = Stopwatch.GetTimestamp();
        ITransformer model = trainer.Fit(view);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Outcome(seconds, _loss ??= Loss(model.Transform(view)));
    }

    private double Loss(IDataView scores) => Workload.IsRegression
        ? _context.Regression.Evaluate(scores, nameof(VectorExample.Number)).MeanSquaredError
        : _context.MulticlassClassification.Evaluate(scores, nameof(VectorExample.Class)).LogLoss;

    private IEstimator<ITransformer> Trainer(int threads)
    {
        if (Workload.IsRegression)
        {
            return _context.Regression.Trainers.MlpRegression(Set(new MlpRegressionTrainer.Options(), threads));
        }

        return Workload.Layers.Length == 2
            ? _context.MulticlassClassification.Trainers.SoftmaxRegression(Set(new SoftmaxRegressionTrainer.Options(), threads))
            : _context.MulticlassClassification.Trainers.SoftmaxMlp(Set(new SoftmaxMlpTrainer.Options(), threads));
    }

    private TOptions Set<TOptions>(TOptions options, int threads)
        where TOptions : TrainerOptions
    {
        options.LabelColumnName = Workload.IsRegression ? nameof(VectorExample.Number) : nameof(VectorExample.Class);
        options.BatchSize = Workload.BatchSize;
        options.NumberOfEpochs = Workload.Epochs;
        options.LearningRate = Workload.LearningRate;
        options.L2Regularization = Workload.L2;
        options.Optimizer = Workload.Optimizer == "adam" ? new Adam<float>() : new SGD<float>();
        options.ConvergenceTolerance = null;
        options.NumberOfThreads = threads;
        if (options is NetworkTrainerOptions network)
        {
            (network.HiddenLayers, network.Activation, network.PrepareData, network.EarlyStopping) = (Workload.Layers[1..^1], Workload.Activation, false, null);
        }

        return options;
    }
}
