using System.ComponentModel.DataAnnotations;

namespace EE569.Trainers;

/// <summary>The <see cref="IEstimator{TTransformer}"/> to predict a number with a feed-forward network.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Trainer Characteristics
/// | | |
/// | -- | -- |
/// | Machine learning task | Regression |
/// | Is normalization required? | Yes |
/// | Is caching required? | No: rows are read once, or streamed |
/// | Required NuGet in addition to Microsoft.ML | EE569.Trainers |
/// | Exportable to ONNX | Yes, with SaveAsOnnx |
///
/// ### Scoring Function
/// $\text{Score}$ is the output of the last layer. The loss is the weighted mean of $(\text{Score} - y)^2$. A label far from unit scale is learnt slowly: train on a
/// standardised column and tell the trainer with `LabelScale` and `LabelOffset` how to undo it.
///
/// ### Training Algorithm Details
/// The hidden layers compute $h_l = f(W_l h_{l-1} + b_l)$ from the features $h_0$. Gradients are back-propagated exactly and followed on batches
/// of rows with the optimizer of the options; $\lambda_2 \sum w^2$ penalises the weights of all layers. Sparse features are never made dense.
/// ]]></format>
/// </remarks>
/// <seealso cref="MiniBatchTrainersCatalog.MlpRegression(Microsoft.ML.RegressionCatalog.RegressionTrainers, MlpRegressionTrainer.Options)"/>
/// <seealso cref="Options"/>
public sealed class MlpRegressionTrainer : NetworkTrainerBase<MlpRegressionTransformer, MlpRegressionModelParameters>
{
    private readonly Options _options;

    internal MlpRegressionTrainer(IHostEnvironment environment, Options options, IEstimator<ITransformer> builtIn, TrainerInfo info)
        : base(environment, options, LearningTask.Regression, FeedForward(options), builtIn, info) => _options = options;

    private protected override NetworkForm FormOf(MlpRegressionModelParameters model) =>
        model.Form with { Top = model.Form.Top.WithOutputScaling(1 / _options.LabelScale, -_options.LabelOffset / _options.LabelScale) };

    private protected override NetworkForm Finish(NetworkForm form) => form with { Top = form.Top.WithOutputScaling(_options.LabelScale, _options.LabelOffset) };

    private protected override MlpRegressionTransformer Wrap(NetworkForm form, ITransformer chain, DataViewSchema schema, TrainingReport report) =>
        new(new MlpRegressionModelParameters(form), _options.FeatureColumnName, chain, report);

    /// <summary>Options of <see cref="MlpRegressionTrainer"/>.</summary>
    public sealed class Options : NetworkTrainerOptions
    {
        /// <summary>
        /// The unit of a standardised label. The label column holds (y - <see cref="LabelOffset"/>) / <see cref="LabelScale"/>, and the fitted model
        /// predicts y: the scaling becomes part of its last layer. Losses in the history are those of the column. Default 1.
        /// </summary>
        [Range(0, double.MaxValue, MinimumIsExclusive = true)]
        public double LabelScale { get; set; } = 1;

        /// <summary>What was subtracted from the label; see <see cref="LabelScale"/>. Default 0.</summary>
        [Range(double.MinValue, double.MaxValue)]
        public double LabelOffset { get; set; }
    }
}
