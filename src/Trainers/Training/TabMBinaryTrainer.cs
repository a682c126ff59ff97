namespace EE569.Trainers;

/// <summary>The <see cref="IEstimator{TTransformer}"/> to predict a two-valued target with the tabular ensemble TabM.</summary>
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
/// $\text{Probability}$ is that of the network (the mean over the members), $\text{Score} = \ln \frac{p}{1 - p}$; the predicted label is true where the score is positive.
///
/// ### Training Algorithm Details
/// An ensemble of $k$ networks that share nearly all weights and are trained as one (Gorishniy et al., 2025): member $i$ multiplies the embedded features by
/// factors $r_i$ of its own, then come layers common to all, then a last layer of its own. Every number is embedded by a broken line of its value between
/// quantiles of the training data. The loss is the mean of the members' losses, the prediction the mean of their predictions.
/// Features are centred by their median, scaled by their quartiles and clipped smoothly; a missing one becomes the median, and if there were some an indicator tells it.
/// ]]></format>
/// </remarks>
/// <seealso cref="MiniBatchTrainersCatalog.TabM(Microsoft.ML.BinaryClassificationCatalog.BinaryClassificationTrainers, TabMBinaryTrainer.Options)"/>
/// <seealso cref="Options"/>
public sealed class TabMBinaryTrainer : NetworkTrainerBase<LogisticMlpTransformer, LogisticMlpModelParameters>
{
    private readonly Options _options;

    internal TabMBinaryTrainer(IHostEnvironment environment, Options options, IEstimator<ITransformer> builtIn)
        : base(environment, options, LearningTask.Binary, options.CreateForm(), builtIn, TabularTrainerOptions.Info) => _options = options;

    private protected override LogisticMlpTransformer Wrap(NetworkForm form, ITransformer chain, DataViewSchema schema, TrainingReport report) =>
        new(new LogisticMlpModelParameters(form), _options.FeatureColumnName, chain, report);

    /// <summary>Options of <see cref="TabMBinaryTrainer"/>.</summary>
    public sealed class Options : TabMClassifierOptions
    {
    }
}
