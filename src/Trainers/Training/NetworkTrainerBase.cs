namespace EE569.Trainers;

/// <summary>What the feed-forward trainers share.</summary>
/// <typeparam name="TTransformer">What fitting gives.</typeparam>
/// <typeparam name="TModel">The network in it.</typeparam>
public abstract class NetworkTrainerBase<TTransformer, TModel> : MiniBatchTrainerBase<TTransformer, TModel>
    where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
    where TModel : NetworkModelParameters
{
    private readonly NetworkTrainerOptions _options;
    private readonly LossFunction _loss;

    private protected NetworkTrainerBase(
        IHostEnvironment environment, NetworkTrainerOptions options, LearningTask task, LossFunction loss, IEstimator<ITransformer> builtIn, TrainerInfo info)
        : base(environment, options, task, builtIn, info)
    {
        _options = options;
        _loss = loss;
    }

    private protected override Activation HiddenActivation => _options.Activation;

    private protected override FeedForward Describe(int features, int outputs, ulong seed) => new()
    {
        Inputs = features,
        HiddenLayers = _options.HiddenLayers,
        Outputs = outputs,
        Activation = _options.Activation,
        Dropout = _options.Dropout,
        Loss = _loss,
        LabelSmoothing = (_options as IClassifierOptions)?.LabelSmoothing ?? 0,
        Initializer = _options.Initializer,
        Seed = seed,
    };

    private protected override IReadOnlyList<DenseLayer> LayersOf(TModel model) => model.Layers;
}
