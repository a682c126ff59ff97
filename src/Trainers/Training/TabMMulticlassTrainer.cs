namespace EE569.Trainers;

/// <summary>The <see cref="IEstimator{TTransformer}"/> to predict one of several classes with the tabular ensemble TabM.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Trainer Characteristics
/// | | |
/// | -- | -- |
/// | Machine learning task | Multiclass classification |
/// | Is normalization required? | No: raw features, missing ones (NaN) too |
/// | Is caching required? | No: rows are read once, or streamed |
/// | Required NuGet in addition to Microsoft.ML | EE569.Trainers |
/// | Exportable to ONNX | Yes, with SaveAsOnnx |
///
/// ### Scoring Function
/// $\text{Score}_k$ is the probability of class $k$, the mean over the members; the predicted label is the likeliest class.
///
/// ### Training Algorithm Details
/// An ensemble of $k$ networks that share nearly all weights and are trained as one (Gorishniy et al., 2025): member $i$ multiplies the embedded features by
/// factors $r_i$ of its own, then come layers common to all, then a last layer of its own. Every number is embedded by a broken line of its value between
/// quantiles of the training data. The loss is the mean of the members' losses, the prediction the mean of their predictions.
/// Features are centred by their median, scaled by their quartiles and clipped smoothly; a missing one becomes the median, and if there were some an indicator tells it.
/// ]]></format>
/// </remarks>
/// <seealso cref="MiniBatchTrainersCatalog.TabM(Microsoft.ML.MulticlassClassificationCatalog.MulticlassClassificationTrainers, TabMMulticlassTrainer.Options)"/>
/// <seealso cref="Options"/>
public sealed class TabMMulticlassTrainer : NetworkTrainerBase<SoftmaxMlpTransformer, SoftmaxMlpModelParameters>
{
    private readonly Options _options;

    internal TabMMulticlassTrainer(IHostEnvironment environment, Options options, IEstimator<ITransformer> builtIn)
        : base(environment, options, LearningTask.Multiclass, options.CreateForm(), builtIn, TabularTrainerOptions.Info) => _options = options;

    private protected override IReadOnlyList<string>? ClassNamesOf(SoftmaxMlpModelParameters model) => model.ClassNames;

    private protected override SoftmaxMlpTransformer Wrap(NetworkForm form, ITransformer chain, DataViewSchema schema, TrainingReport report) =>
        new(new SoftmaxMlpModelParameters(form, schema[_options.LabelColumnName]), _options.FeatureColumnName, chain, report);

    /// <summary>Options of <see cref="TabMMulticlassTrainer"/>.</summary>
    public sealed class Options : TabMClassifierOptions
    {
    }
}
