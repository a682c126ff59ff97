namespace EE569.Trainers;

/// <summary>
/// Scores data with a fitted network. Scoring is lazy and streaming, safe in parallel cursors, and reads no column that is not needed.
/// A saved model holds built-in transformers only, so it loads in a program that does not reference this library.
/// </summary>
/// <typeparam name="TModel">The parameters of the network.</typeparam>
public abstract class NetworkTransformer<TModel> : ISingleFeaturePredictionTransformer<TModel>
    where TModel : NetworkModelParameters
{
    private readonly ITransformer _builtIn;
    private readonly LearningTask _task;

    private protected NetworkTransformer(LearningTask task, TModel model, string feature, ITransformer builtIn, TrainingReport? report)
    {
        Model = model;
        FeatureColumnName = feature;
        FeatureColumnType = new VectorDataViewType(NumberDataViewType.Single, model.NumberOfFeatures);
        _builtIn = builtIn;
        _task = task;
        TrainingHistory = report?.History;
        StopReason = report?.StopReason;
    }

    /// <summary>The parameters of the network.</summary>
    public TModel Model { get; }

    /// <summary>The name of the feature column.</summary>
    public string FeatureColumnName { get; }

    /// <summary>The type of the feature column: a vector of Single.</summary>
    public DataViewType FeatureColumnType { get; }

    /// <summary>What the training measured, epoch by epoch; null for a network read from a file.</summary>
    public History? TrainingHistory { get; }

    /// <summary>Why the training ended; null for a network read from a file.</summary>
    public StopReason? StopReason { get; }

    /// <summary>True: every output row comes from one input row.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The schema after scoring: the input's columns, then those of ML.NET's scorers of the same task.</summary>
    /// <param name="inputSchema">The schema to score.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing.</exception>
    /// <exception cref="InvalidOperationException">The feature column has another type or length.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    /// <summary>Scores one row at a time.</summary>
    /// <param name="inputSchema">The schema of the rows.</param>
    /// <returns>The mapper.</returns>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new NetworkRowMapper(Bind(inputSchema), CreateScorer);

    /// <summary>Adds the output columns to a view.</summary>
    /// <param name="input">The data to score.</param>
    /// <returns>A view that scores as it is read.</returns>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        FeatureRow.Check(input.Schema, FeatureColumnName, (VectorDataViewType)FeatureColumnType);
        var bindings = Bind(input.Schema);
        return OnnxView.Create(
            new NetworkView(input, bindings, CreateScorer), input, this, context => OnnxConversion.AddNodes(context, this, bindings.Output));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        if (!BuiltInChain.Holds(Model.Form))
        {
            throw new InvalidOperationException(
                $"As a chain of ML.NET's transformers the network would hold {Model.Form.SavedValues:N0} numbers, more than {BuiltInChain.MostValues:N0}: write it with {nameof(OnnxExport.SaveAsOnnx)}, or train fewer members or narrower layers.");
        }

        _builtIn.Save(ctx);
    }

    private RowScorer CreateScorer(DataViewRow row, DataViewSchema.Column feature) => _task.CreateScorer(row, feature, Model);

    private NetworkBindings Bind(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new NetworkBindings(schema, FeatureColumnName, _builtIn, _task.Columns);
    }
}
