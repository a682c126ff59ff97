using Microsoft.ML.Trainers;

namespace EE569.Trainers;

/// <summary>
/// What the trainers of this library share. Output schema, column checks and their error messages are those of a built-in trainer of the same task.
/// </summary>
/// <typeparam name="TTransformer">What fitting gives.</typeparam>
/// <typeparam name="TModel">The model parameters in it.</typeparam>
public abstract class MiniBatchTrainerBase<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly TrainerOptions _options;
    private readonly IEstimator<ITransformer> _builtIn;
    private readonly ArchitectureForm _architecture;

    private protected MiniBatchTrainerBase(IHostEnvironment environment, TrainerOptions options, LearningTask task, ArchitectureForm architecture, IEstimator<ITransformer> builtIn, TrainerInfo info)
    {
        _options = options;
        Task = task;
        _architecture = architecture;
        _builtIn = builtIn;
        Info = info;
        Context = new TrainerContext(environment, GetType().Name);
    }

    /// <summary>What the trainer needs of a pipeline, as ML.NET describes it.</summary>
    public TrainerInfo Info { get; }

    /// <summary>What the last training measured, epoch by epoch; null before the first.</summary>
    public History? LastHistory { get; private set; }

    /// <summary>Why the last training ended; null before the first.</summary>
    public StopReason? LastStopReason { get; private set; }

    internal TrainerContext Context { get; }

    private protected LearningTask Task { get; }

    /// <summary>The schema after fitting and scoring.</summary>
    /// <param name="inputSchema">The schema before.</param>
    /// <returns>The schema with the output columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _builtIn.GetOutputSchema(inputSchema);

    /// <summary>Trains on a view; part of it validates if the options say so.</summary>
    /// <param name="input">The training data.</param>
    /// <returns>The fitted transformer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">No row can be learned from, or the training diverged in its first epoch, so that nothing was learnt.</exception>
    public TTransformer Fit(IDataView input) => Fit(input, null, null);

    /// <summary>Trains on one view and validates on another.</summary>
    /// <param name="trainData">The training data.</param>
    /// <param name="validationData">The validation data: for early stopping and the history.</param>
    /// <returns>The fitted transformer.</returns>
    /// <exception cref="ArgumentException">
    /// The validation data has other features than the training data, or a class that it has not. Keys may be in another order: classes go by their names.
    /// </exception>
    public TTransformer Fit(IDataView trainData, IDataView validationData) => Fit(trainData, validationData, null);

    /// <summary>Continues the training of a model, on the same or on new data.</summary>
    /// <param name="trainData">The training data.</param>
    /// <param name="previousModel">The model to start from; it is not changed.</param>
    /// <returns>The fitted transformer, with the classes in the order of the training data; if the first epoch diverges, the model it started from.</returns>
    /// <exception cref="ArgumentException">The model has another shape than the options and the data ask for, or other classes than the data.</exception>
    public TTransformer Fit(IDataView trainData, TModel previousModel) => Fit(trainData, null, previousModel);

    /// <summary>Trains on one view, validates on another, and starts from a model; both are optional.</summary>
    /// <param name="trainData">The training data.</param>
    /// <param name="validationData">The validation data, or null.</param>
    /// <param name="previousModel">The model to start from, or null.</param>
    /// <returns>The fitted transformer.</returns>
    public TTransformer Fit(IDataView trainData, IDataView? validationData, TModel? previousModel)
    {
        var columns = ColumnsOf(trainData);
        (IDataView, TrainingColumns)? validation = validationData is null ? null : (validationData, ColumnsOf(validationData).InClassesOf(columns, "the validation data", "the training data"));
        var (fitting, initial) = (CreateFitting(), Previous(previousModel));
        var (networks, report) = fitting.Fit((trainData, columns), validation, initial);
        (LastHistory, LastStopReason) = (report.History, report.StopReason);
        fitting.RequireLearnt(report.StopReason, report.History, initial);
        return CreateTransformer(networks, report, trainData.Schema);
    }

    /// <summary>
    /// Sweeps the learning rate from small to large over the first steps of a training with these options, to show which rates work and to suggest one
    /// (Smith, 2017). Nothing is fitted.
    /// </summary>
    /// <param name="input">The training data.</param>
    /// <param name="finder">The range and the number of steps of the sweep; null for the defaults.</param>
    /// <returns>The loss at each rate, and the suggestion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">No row can be learned from.</exception>
    public LearningRateSweep FindLearningRate(IDataView input, LearningRateFinder<float>? finder = null) =>
        CreateFitting().FindLearningRate(input, ColumnsOf(input), finder ?? new LearningRateFinder<float>());

    /// <summary>Starts a training that is fed chunk by chunk, for data that arrives over time.</summary>
    /// <param name="previousModel">The model to start from, or null.</param>
    /// <returns>The training; it keeps the optimizer's state between chunks.</returns>
    public PartialTraining<TTransformer, TModel> StartPartialFit(TModel? previousModel = null) =>
        new(this, CreateFitting(), Previous(previousModel));

    /// <summary>The network of a model.</summary>
    private protected abstract NetworkForm FormOf(TModel model);

    /// <summary>The names of a model's classes; null where there are none or they are not known.</summary>
    private protected virtual IReadOnlyList<string>? ClassNamesOf(TModel model) => null;

    private protected abstract TTransformer CreateTransformer(NetworkForm form, DataViewSchema schema, TrainingReport report);

    internal TTransformer CreateTransformer(IReadOnlyList<FittedNetwork> networks, TrainingReport report, DataViewSchema schema)
    {
        var form = Task.Mean([.. networks.SelectMany(_architecture.MembersOf)]);
        bool keepsOrigin = _architecture is TabularForm || networks.Count > 1;
        return CreateTransformer(form with { Origin = keepsOrigin ? [.. networks.Select(fitted => fitted with { Network = fitted.Network.Clone() })] : null }, schema, report);
    }

    /// <summary>The columns to read, after the built-in trainer's checks.</summary>
    internal TrainingColumns ColumnsOf(IDataView data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Context.CheckAlive();
        GetOutputSchema(MLNetInternals.ShapeOf(null, data.Schema));
        return TrainingColumns.Of(data.Schema, Task, _options);
    }

    private PreviousModel? Previous(TModel? model) => model is null ? null : new(FormOf(model), ClassNamesOf(model));

    private Fitting CreateFitting() => new(Context, _options, _architecture);
}
