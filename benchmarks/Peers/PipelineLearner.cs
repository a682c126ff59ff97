using System.Diagnostics;
using EE569.Benchmarks.Workloads;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Benchmarks.Peers;

/// <summary>A learner of ML.NET or ours that classifies the rows of a data view.</summary>
/// <param name="context">ML.NET's environment.</param>
/// <param name="data">Rows with the columns of <see cref="VectorExample"/>.</param>
/// <param name="create">Makes the learner.</param>
internal sealed class PipelineLearner(MLContext context, IDataView data, Func<IEstimator<ITransformer>> create)
{
    private ITransformer? _first;
    private double _loss;

    /// <summary>Of the first fit, over the training rows.</summary>
    public double Accuracy { get; private set; }

    /// <summary>Fits once. What the fit is worth is found out the first time only.</summary>
    public Outcome Fit()
    {
        IEstimator<ITransformer> learner = create();
        long start = Stopwatch.GetTimestamp();
        ITransformer model = learner.Fit(data);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (_first is null)
        {
            _first = model;
            (_loss, Accuracy) = Evaluate(model.Transform(data));
        }

        return new Outcome(seconds, _loss);
    }

    /// <summary>Scores all rows with the first fit.</summary>
    /// <returns>Seconds of a row.</returns>
    public double Score(long rows) => DataViews.Read(_first!.Transform(data), "Score") / rows;

    private (double Loss, double Accuracy) Evaluate(IDataView scores)
    {
        if (scores.Schema["Score"].Type is VectorDataViewType)
        {
            MulticlassClassificationMetrics ofClasses = context.MulticlassClassification.Evaluate(scores, nameof(VectorExample.Class));
            return (ofClasses.LogLoss, ofClasses.MicroAccuracy);
        }

        if (scores.Schema.GetColumnOrNull("Probability") is null)
        {
            return (double.NaN, context.BinaryClassification.EvaluateNonCalibrated(scores).Accuracy);
        }

        CalibratedBinaryClassificationMetrics metrics = context.BinaryClassification.Evaluate(scores);
        return (metrics.LogLoss * Math.Log(2), metrics.Accuracy);
    }
}
