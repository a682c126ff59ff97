namespace EE569.Trainers;

/// <summary>The <see cref="IEstimator{TTransformer}"/> to predict a two-valued target with the tabular network RealMLP.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Trainer Characteristics
/// | | |
/// | -- | -- |
/// | Machine learning task | Binary classification |
/// | Is normalization required? | No: raw features, missing ones (NaN) too |
/// | Is caching required? | No: rows are read once, or streamed |
/// | Required NuGet in addition to Microsoft.ML | EE569.Trainers |
/// | Exportable to ONNX | Yes, with SaveAsOnnx |
///
/// ### Scoring Function
/// $\text{Probability}$ is that of the network, $\text{Score} = \ln \frac{p}{1 - p}$; the predicted label is true where the score is positive.
///
/// ### Training Algorithm Details
/// A network whose defaults were tuned on many tables (Holzmüller et al., 2024): each number stands beside learnt waves of it, inputs have learnt factors,
/// layers start from the data, activations are mixed with the identity, rate, decay and dropout follow schedules.
/// Features are centred by their median, scaled by their quartiles and clipped smoothly; a missing one becomes the median, and if there were some an indicator tells it.
/// ]]></format>
/// </remarks>
/// <seealso cref="MiniBatchTrainersCatalog.RealMlp(Microsoft.ML.BinaryClassificationCatalog.BinaryClassificationTrainers, RealMlpBinaryTrainer.Options)"/>
/// <seealso cref="Options"/>
public sealed class RealMlpBinaryTrainer : NetworkTrainerBase<LogisticMlpTransformer, LogisticMlpModelParameters>
{
    private readonly Options _options;

    internal RealMlpBinaryTrainer(IHostEnvironment environment, Options options, IEstimator<ITransformer> builtIn)
        : base(environment, options, LearningTask.Binary, options.CreateForm(), builtIn, TabularTrainerOptions.Info) => _options = options;

    private protected override LogisticMlpTransformer Wrap(NetworkForm form, ITransformer chain, DataViewSchema schema, TrainingReport report) =>
        new(new LogisticMlpModelParameters(form), _options.FeatureColumnName, chain, report);

    /// <summary>Options of <see cref="RealMlpBinaryTrainer"/>.</summary>
    public sealed class Options : RealMlpClassifierOptions
    {
    }
}
