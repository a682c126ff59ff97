namespace EE569.Trainers;

/// <summary>The <see cref="IEstimator{TTransformer}"/> to predict a number with the tabular network RealMLP.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Trainer Characteristics
/// | | |
/// | -- | -- |
/// | Machine learning task | Regression |
/// | Is normalization required? | No: raw features, missing ones (NaN) too |
/// | Is caching required? | No: rows are read once, or streamed |
/// | Required NuGet in addition to Microsoft.ML | EE569.Trainers |
/// | Exportable to ONNX | Yes, with SaveAsOnnx |
///
/// ### Scoring Function
/// $\text{Score}$ is the prediction in the units of the label, within the range of the training labels. The label is standardised for training, and so are the losses of the history.
///
/// ### Training Algorithm Details
/// A network whose defaults were tuned on many tables (Holzmüller et al., 2024): each number stands beside learnt waves of it, inputs have learnt factors,
/// layers start from the data, activations are mixed with the identity, rate, decay and dropout follow schedules.
/// Features are centred by their median, scaled by their quartiles and clipped smoothly; a missing one becomes the median, and if there were some an indicator tells it.
/// ]]></format>
/// </remarks>
/// <seealso cref="MiniBatchTrainersCatalog.RealMlp(Microsoft.ML.RegressionCatalog.RegressionTrainers, RealMlpRegressionTrainer.Options)"/>
/// <seealso cref="Options"/>
public sealed class RealMlpRegressionTrainer : NetworkTrainerBase<MlpRegressionTransformer, MlpRegressionModelParameters>
{
    private readonly Options _options;

    internal RealMlpRegressionTrainer(IHostEnvironment environment, Options options, IEstimator<ITransformer> builtIn)
        : base(environment, options, LearningTask.Regression, options.CreateForm(), builtIn, TabularTrainerOptions.Info) => _options = options;

    private protected override MlpRegressionTransformer Wrap(NetworkForm form, ITransformer chain, DataViewSchema schema, TrainingReport report) =>
        new(new MlpRegressionModelParameters(form), _options.FeatureColumnName, chain, report);

    /// <summary>Options of <see cref="RealMlpRegressionTrainer"/>.</summary>
    public sealed class Options : RealMlpOptions
    {
        /// <summary>Creates the options with their defaults.</summary>
        public Options() => LearningRate = 0.2;
    }
}
