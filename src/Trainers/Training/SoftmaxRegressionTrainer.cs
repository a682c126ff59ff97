using Microsoft.ML.Trainers;

namespace EE569.Trainers;

/// <summary>The <see cref="IEstimator{TTransformer}"/> to predict one of several classes with softmax regression trained by mini-batch gradient descent.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Trainer Characteristics
/// | | |
/// | -- | -- |
/// | Machine learning task | Multiclass classification |
/// | Is normalization required? | Yes |
/// | Is caching required? | No: rows are read once, or streamed |
/// | Required NuGet in addition to Microsoft.ML | EE569.Trainers |
/// | Exportable to ONNX | Yes, with SaveAsOnnx |
///
/// ### Scoring Function
/// $\text{Score}_k = e^{z_k} / \sum_j e^{z_j}$ with $z_k = w_k^T x + b_k$: the probability of class $k$; the predicted label is the likeliest class.
///
/// ### Training Algorithm Details
/// Minimises the weighted mean of the cross-entropy $-\log \text{Score}_y$ plus $\lambda_2 \sum w^2 + \lambda_1 \sum |w|$
/// on batches of rows, with the optimizer of the options. Sparse features are never made dense.
/// ]]></format>
/// </remarks>
/// <seealso cref="MiniBatchTrainersCatalog.SoftmaxRegression(Microsoft.ML.MulticlassClassificationCatalog.MulticlassClassificationTrainers, SoftmaxRegressionTrainer.Options)"/>
/// <seealso cref="Options"/>
public sealed class SoftmaxRegressionTrainer
    : MiniBatchTrainerBase<MulticlassPredictionTransformer<MaximumEntropyModelParameters>, MaximumEntropyModelParameters>
{
    private readonly Options _options;

    internal SoftmaxRegressionTrainer(IHostEnvironment environment, Options options, IEstimator<ITransformer> builtIn, TrainerInfo info)
        : base(environment, options, LearningTask.Multiclass, new LinearForm(options.LabelSmoothing), builtIn, info) => _options = options;

    private protected override NetworkForm FormOf(MaximumEntropyModelParameters model) => NetworkForm.Of([BuiltInModels.LayerOf(model)]);

    private protected override IReadOnlyList<string>? ClassNamesOf(MaximumEntropyModelParameters model) => MLNetInternals.LabelNames(model);

    private protected override MulticlassPredictionTransformer<MaximumEntropyModelParameters> CreateTransformer(NetworkForm form, DataViewSchema schema, TrainingReport report) =>
        (MulticlassPredictionTransformer<MaximumEntropyModelParameters>)Task.CreateTop(Context.Environment, form.Top, schema, _options.FeatureColumnName, _options.LabelColumnName);

    /// <summary>Options of <see cref="SoftmaxRegressionTrainer"/>.</summary>
    public sealed class Options : LinearTrainerOptions
    {
    }
}
