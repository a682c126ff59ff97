namespace EE569.Trainers;

/// <summary>What the feed-forward trainers share.</summary>
/// <typeparam name="TTransformer">What fitting gives.</typeparam>
/// <typeparam name="TModel">The network in it.</typeparam>
public abstract class NetworkTrainerBase<TTransformer, TModel> : MiniBatchTrainerBase<TTransformer, TModel>
    where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
    where TModel : NetworkModelParameters
{
    private readonly TrainerOptions _options;

    private protected NetworkTrainerBase(
        IHostEnvironment environment, TrainerOptions options, LearningTask task, ArchitectureForm architecture, IEstimator<ITransformer> builtIn, TrainerInfo info)
        : base(environment, options, task, architecture, builtIn, info) => _options = options;

    private protected static ArchitectureForm FeedForward(NetworkTrainerOptions options) => new FeedForwardForm(
        new()
        {
            Inputs = 1,
            HiddenLayers = options.HiddenLayers,
            Activation = options.Activation,
            Dropout = options.Dropout,
            LabelSmoothing = (options as IClassifierOptions)?.LabelSmoothing ?? 0,
            Initializer = options.Initializer,
        },
        options.PrepareData);

    /// <summary>What a feed-forward network needs of a pipeline: nothing where it prepares its data, else what the built-in trainer needs.</summary>
    private protected static TrainerInfo InfoOf(NetworkTrainerOptions options, TrainerInfo builtIn) => options.PrepareData ? TabularTrainerOptions.Info : builtIn;

    /// <summary>The transformer of a fitted network and its chain of ML.NET's transformers.</summary>
    private protected abstract TTransformer Wrap(NetworkForm form, ITransformer chain, DataViewSchema schema, TrainingReport report);

    private protected sealed override NetworkForm FormOf(TModel model) => model.Form;

    private protected sealed override TTransformer CreateTransformer(NetworkForm form, DataViewSchema schema, TrainingReport report)
    {
        var chain = BuiltInChain.Create(Context.Environment, form, schema, _options.FeatureColumnName, (layer, hiddenSchema, feature) =>
            Task.CreateTop(Context.Environment, layer, hiddenSchema, feature, _options.LabelColumnName));
        return Wrap(form, chain, schema, report);
    }
}
