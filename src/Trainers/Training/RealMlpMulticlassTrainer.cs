namespace EE569.Trainers;

/// <summary>The <see cref="IEstimator{TTransformer}"/> to predict one of several classes with the tabular network RealMLP.</summary>
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
/// $\text{Score}_k$ is the probability of class $k$; the predicted label is the likeliest class.
///
/// ### Training Algorithm Details
/// A network whose defaults were tuned on many tables (Holzmüller et al., 2024): each number stands beside learnt waves of it, inputs have learnt factors,
/// layers start from the data, activations are mixed with the identity, rate, decay and dropout follow schedules.
/// Features are centred by their median, scaled by their quartiles and clipped smoothly; a missing one becomes the median, and if there were some an indicator tells it.
/// ]]></format>
/// </remarks>
/// <seealso cref="MiniBatchTrainersCatalog.RealMlp(Microsoft.ML.MulticlassClassificationCatalog.MulticlassClassificationTrainers, RealMlpMulticlassTrainer.Options)"/>
/// <seealso cref="Options"/>
public sealed class RealMlpMulticlassTrainer : NetworkTrainerBase<SoftmaxMlpTransformer, SoftmaxMlpModelParameters>
{
    private readonly Options _options;

    internal RealMlpMulticlassTrainer(IHostEnvironment environment, Options options, IEstimator<ITransformer> builtIn)
        : base(environment, options, LearningTask.Multiclass, options.CreateForm(), builtIn, TabularTrainerOptions.Info) => _options = options;

    private protected override IReadOnlyList<string>? ClassNamesOf(SoftmaxMlpModelParameters model) => model.ClassNames;

    private protected override SoftmaxMlpTransformer Wrap(NetworkForm form, ITransformer chain, DataViewSchema schema, TrainingReport report) =>
        new(new SoftmaxMlpModelParameters(form, schema[_options.LabelColumnName]), _options.FeatureColumnName, chain, report);

    /// <summary>Options of <see cref="RealMlpMulticlassTrainer"/>.</summary>
    public sealed class Options : RealMlpClassifierOptions
    {
    }
}
