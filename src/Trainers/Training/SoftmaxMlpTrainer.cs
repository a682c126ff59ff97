namespace EE569.Trainers;

/// <summary>The <see cref="IEstimator{TTransformer}"/> to predict one of several classes with a feed-forward network.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Trainer Characteristics
/// | | |
/// | -- | -- |
/// | Machine learning task | Multiclass classification |
/// | Is normalization required? | No: raw features, missing ones (NaN) too, unless `PrepareData` is false |
/// | Is caching required? | No: rows are read once, or streamed |
/// | Required NuGet in addition to Microsoft.ML | EE569.Trainers |
/// | Exportable to ONNX | Yes, with SaveAsOnnx |
///
/// ### Scoring Function
/// $\text{Score}_k = e^{z_k} / \sum_j e^{z_j}$ of the outputs $z$ of the last layer: the probability of class $k$; the predicted label is the likeliest class.
///
/// ### Training Algorithm Details
/// The hidden layers compute $h_l = f(W_l h_{l-1} + b_l)$ from the features $h_0$. Gradients are back-propagated exactly and followed on batches
/// of rows with the optimizer of the options; $\lambda_2 \sum w^2$ penalises the weights of all layers.
/// Features are centred by their median, scaled by their quartiles and clipped smoothly; a missing one becomes the median, and if there were some an indicator tells it.
/// A feature whose median is 0 stays 0 where it is 0, so that sparse features are never made dense. Training ends when a tenth of the rows, set aside, has seen no gain for
/// 20 epochs, and the best epoch is the model's; of fewer than about 100 rows all train, until the loss no longer falls.
/// ]]></format>
/// </remarks>
/// <seealso cref="MiniBatchTrainersCatalog.SoftmaxMlp(Microsoft.ML.MulticlassClassificationCatalog.MulticlassClassificationTrainers, SoftmaxMlpTrainer.Options)"/>
/// <seealso cref="Options"/>
public sealed class SoftmaxMlpTrainer : NetworkTrainerBase<SoftmaxMlpTransformer, SoftmaxMlpModelParameters>
{
    private readonly Options _options;

    internal SoftmaxMlpTrainer(IHostEnvironment environment, Options options, IEstimator<ITransformer> builtIn, TrainerInfo info)
        : base(environment, options, LearningTask.Multiclass, FeedForward(options), builtIn, InfoOf(options, info)) => _options = options;

    private protected override IReadOnlyList<string>? ClassNamesOf(SoftmaxMlpModelParameters model) => model.ClassNames;

    private protected override SoftmaxMlpTransformer Wrap(NetworkForm form, ITransformer chain, DataViewSchema schema, TrainingReport report) =>
        new(new SoftmaxMlpModelParameters(form, schema[_options.LabelColumnName]), _options.FeatureColumnName, chain, report);

    /// <summary>Options of <see cref="SoftmaxMlpTrainer"/>.</summary>
    public sealed class Options : ClassifierNetworkOptions
    {
    }
}
