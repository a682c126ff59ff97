namespace EE569.Trainers;

/// <summary>The <see cref="IEstimator{TTransformer}"/> to predict a number with the tabular ensemble TabM.</summary>
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
/// $\text{Score}$ is the prediction in the units of the label, the mean over the members, within the range of the training labels. The label is standardised for training, and so are the losses of the history.
///
/// ### Training Algorithm Details
/// An ensemble of $k$ networks that share nearly all weights and are trained as one (Gorishniy et al., 2025): member $i$ multiplies the embedded features by
/// factors $r_i$ of its own, then come layers common to all, then a last layer of its own. Every number is embedded by a broken line of its value between
/// quantiles of the training data. The loss is the mean of the members' losses, the prediction the mean of their predictions.
/// Features are centred by their median, scaled by their quartiles and clipped smoothly; a missing one becomes the median, and if there were some an indicator tells it.
/// ]]></format>
/// </remarks>
/// <seealso cref="MiniBatchTrainersCatalog.TabM(Microsoft.ML.RegressionCatalog.RegressionTrainers, TabMRegressionTrainer.Options)"/>
/// <seealso cref="Options"/>
public sealed class TabMRegressionTrainer : NetworkTrainerBase<MlpRegressionTransformer, MlpRegressionModelParameters>
{
    private readonly Options _options;

    internal TabMRegressionTrainer(IHostEnvironment environment, Options options, IEstimator<ITransformer> builtIn)
        : base(environment, options, LearningTask.Regression, options.CreateForm(), builtIn, TabularTrainerOptions.Info) => _options = options;

    private protected override MlpRegressionTransformer Wrap(NetworkForm form, ITransformer chain, DataViewSchema schema, TrainingReport report) =>
        new(new MlpRegressionModelParameters(form), _options.FeatureColumnName, chain, report);

    /// <summary>Options of <see cref="TabMRegressionTrainer"/>.</summary>
    public sealed class Options : TabMOptions
    {
    }
}
