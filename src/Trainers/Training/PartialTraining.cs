namespace EE569.Trainers;

/// <summary>A training that is fed chunk by chunk: each is passed over once, in batches. Not safe for use from two threads at a time.</summary>
/// <typeparam name="TTransformer">What fitting gives.</typeparam>
/// <typeparam name="TModel">The model parameters in it.</typeparam>
public sealed class PartialTraining<TTransformer, TModel>
    where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly MiniBatchTrainerBase<TTransformer, TModel> _trainer;
    private readonly Fitting _fitting;
    private readonly PreviousModel? _initial;
    private (TrainingColumns Columns, DataViewSchema Schema)? _first;
    private FittedNetwork? _network;
    private TrainingResult<float>? _result;

    internal PartialTraining(MiniBatchTrainerBase<TTransformer, TModel> trainer, Fitting fitting, PreviousModel? initial)
    {
        _trainer = trainer;
        _fitting = fitting;
        _initial = initial;
    }

    /// <summary>One entry per chunk; null before the first.</summary>
    public History? History => _result?.History;

    /// <summary>Learns from a chunk.</summary>
    /// <param name="chunk">Data with the features and classes of the first chunk; a class need not occur in every chunk, and keys may be in another order.</param>
    /// <returns>The transformer so far; it does not change when more chunks follow.</returns>
    /// <exception cref="ArgumentException">The chunk has other features than the first, or a class that it has not.</exception>
    /// <exception cref="InvalidOperationException">The first chunk diverged, so that nothing was learnt. A later one that does leaves the model as it was.</exception>
    public TTransformer PartialFit(IDataView chunk)
    {
        var columns = _trainer.ColumnsOf(chunk);
        var first = _first ??= (columns, chunk.Schema);
        var (network, result) = _fitting.PartialFit(_network, _result?.State, chunk, columns.InClassesOf(first.Columns, "this chunk", "the first"), _initial);
        _fitting.RequireLearnt(result.StopReason, result.History, _initial);
        (_network, _result) = (network, result);
        return _trainer.CreateTransformer([network], new(result.History, result.StopReason), first.Schema);
    }
}
