using EE569.Engine.Training;
using EE569.Trainers.Data;
using EE569.Trainers.Training;
using Microsoft.ML;

namespace EE569.Trainers;

/// <summary>A training that is fed chunk by chunk: each is passed over once, in batches. Not safe for use from two threads at a time.</summary>
/// <typeparam name="TTransformer">What fitting gives.</typeparam>
/// <typeparam name="TModel">The model parameters in it.</typeparam>
public sealed class PartialTraining<TTransformer, TModel>
    where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly MiniBatchTrainerBase<TTransformer, TModel> _trainer;
    private readonly TrainingRun _run;
    private readonly IReadOnlyList<DenseLayer>? _initial;
    private TrainingColumns? _first;
    private TrainingResult<float>? _result;

    internal PartialTraining(MiniBatchTrainerBase<TTransformer, TModel> trainer, TrainingRun run, IReadOnlyList<DenseLayer>? initial)
    {
        _trainer = trainer;
        _run = run;
        _initial = initial;
    }

    /// <summary>One entry per chunk; null before the first.</summary>
    public History? History => _result?.History;

    /// <summary>Learns from a chunk.</summary>
    /// <param name="chunk">Data with the same features and classes as the chunks before; a class need not occur in every chunk.</param>
    /// <returns>The transformer so far; it does not change when more chunks follow.</returns>
    /// <exception cref="ArgumentException">The chunk has other features or classes than the first.</exception>
    public TTransformer PartialFit(IDataView chunk)
    {
        var columns = _trainer.ColumnsOf(chunk);
        _first ??= columns;
        columns.RequireShapeOf(_first, "this chunk", "the first");
        _result = _run.PartialFit(_result, chunk, columns, _initial);
        return _trainer.CreateTransformer(_result, chunk.Schema);
    }
}
