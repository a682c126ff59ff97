namespace EE569.Trainers;

/// <summary>The <see cref="IEstimator{TTransformer}"/> to predict a two-valued target with a feed-forward network.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Trainer Characteristics
/// | | |
/// | -- | -- |
/// | Machine learning task | Binary classification |
/// | Is normalization required? | No: raw features, missing ones (NaN) too, unless `PrepareData` is false |
/// | Is caching required? | No: rows are read once, or streamed |
/// | Required NuGet in addition to Microsoft.ML | EE569.Trainers |
/// | Exportable to ONNX | Yes, with SaveAsOnnx |
///
/// ### Scoring Function
/// $\text{Score}$ is the output of the last layer, $\text{Probability} = 1 / (1 + e^{-\text{Score}})$; the predicted label is true where the score is positive.
///
/// ### Training Algorithm Details
/// The hidden layers compute $h_l = f(W_l h_{l-1} + b_l)$ from the features $h_0$. Gradients are back-propagated exactly and followed on batches
/// of rows with the optimizer of the options; $\lambda_2 \sum w^2$ penalises the weights of all layers.
/// Features are centred by their median, scaled by their quartiles and clipped smoothly; a missing one becomes the median, and if there were some an indicator tells it.
/// A feature whose median is 0 stays 0 where it is 0, so that sparse features are never made dense. Training ends when a tenth of the rows, set aside, has seen no gain for
/// 20 epochs, and the best epoch is the model's; of fewer than about 100 rows all train, until the loss no longer falls.
/// ]]></format>
/// </remarks>
/// <seealso cref="MiniBatchTrainersCatalog.LogisticMlp(Microsoft.ML.BinaryClassificationCatalog.BinaryClassificationTrainers, LogisticMlpTrainer.Options)"/>
/// <seealso cref="Options"/>
public sealed class LogisticMlpTrainer : NetworkTrainerBase<LogisticMlpTransformer, LogisticMlpModelParameters>
{
    private readonly Options _options;

    internal LogisticMlpTrainer(IHostEnvironment environment, Options options, IEstimator<ITransformer> builtIn, TrainerInfo info)
        : base(environment, options, LearningTask.Binary, FeedForward(options), builtIn, InfoOf(options, info)) => _options = options;

    private protected override LogisticMlpTransformer Wrap(NetworkForm form, ITransformer chain, DataViewSchema schema, TrainingReport report) =>
        new(new LogisticMlpModelParameters(form), _options.FeatureColumnName, chain, report);

    /// <summary>Options of <see cref="LogisticMlpTrainer"/>.</summary>
    public sealed class Options : ClassifierNetworkOptions
    {
    }
}
