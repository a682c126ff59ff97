using CalibratedLinear =
    Microsoft.ML.Calibrators.CalibratedModelParametersBase<Microsoft.ML.Trainers.LinearBinaryModelParameters, Microsoft.ML.Calibrators.PlattCalibrator>;

namespace EE569.Trainers;

/// <summary>The <see cref="IEstimator{TTransformer}"/> to predict a two-valued target with logistic regression trained by mini-batch gradient descent.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Trainer Characteristics
/// | | |
/// | -- | -- |
/// | Machine learning task | Binary classification |
/// | Is normalization required? | Yes |
/// | Is caching required? | No: rows are read once, or streamed |
/// | Required NuGet in addition to Microsoft.ML | EE569.Trainers |
/// | Exportable to ONNX | Yes, with SaveAsOnnx |
///
/// ### Scoring Function
/// $\text{Score} = w^T x + b$, $\text{Probability} = 1 / (1 + e^{-\text{Score}})$; the predicted label is true where the score is positive.
///
/// ### Training Algorithm Details
/// Minimises the weighted mean of the cross-entropy $-y \log p - (1 - y) \log (1 - p)$ plus $\lambda_2 \sum w^2 + \lambda_1 \sum |w|$
/// on batches of rows, with the optimizer of the options. Sparse features are never made dense.
/// ]]></format>
/// </remarks>
/// <seealso cref="MiniBatchTrainersCatalog.MiniBatchLogisticRegression(Microsoft.ML.BinaryClassificationCatalog.BinaryClassificationTrainers, MiniBatchLogisticRegressionTrainer.Options)"/>
/// <seealso cref="Options"/>
public sealed class MiniBatchLogisticRegressionTrainer
    : MiniBatchTrainerBase<BinaryPredictionTransformer<CalibratedLinear>, CalibratedLinear>
{
    private readonly Options _options;

    internal MiniBatchLogisticRegressionTrainer(IHostEnvironment environment, Options options, IEstimator<ITransformer> builtIn, TrainerInfo info)
        : base(environment, options, LearningTask.Binary, new LinearForm(options.LabelSmoothing), builtIn, info) => _options = options;

    private protected override NetworkForm FormOf(CalibratedLinear model) => NetworkForm.Of([BuiltInModels.LayerOf(model.SubModel)]);

    private protected override BinaryPredictionTransformer<CalibratedLinear> CreateTransformer(NetworkForm form, DataViewSchema schema, TrainingReport report) =>
        (BinaryPredictionTransformer<CalibratedLinear>)Task.CreateTop(Context.Environment, form.Top, schema, _options.FeatureColumnName, _options.LabelColumnName);

    /// <summary>Options of <see cref="MiniBatchLogisticRegressionTrainer"/>.</summary>
    public sealed class Options : LinearTrainerOptions
    {
    }
}
