using EE569.Trainers.Preparation;

namespace EE569.Trainers;

/// <summary>
/// Makes a vector of features of the raw columns of a table. Columns are found by name, whatever their order. No value is refused: what training had no
/// example of gets a defined treatment, and no feature is NaN. A saved model holds built-in transformers only.
/// </summary>
public sealed class TableFeaturizingTransformer : ITransformer
{
    private readonly ITransformer _chain;

    internal TableFeaturizingTransformer(ITransformer chain, TablePlan plan)
    {
        (_chain, Plan) = (chain, plan);
        Columns = [.. plan.Columns.Select(column => column.Describe())];
    }

    /// <summary>What became of each column of the table but the label, in the table's order.</summary>
    public IReadOnlyList<FeaturizedColumn> Columns { get; }

    /// <summary>The column of features.</summary>
    public string OutputColumnName => Plan.Output;

    /// <summary>True: every output row comes from one input row.</summary>
    public bool IsRowToRowMapper => true;

    internal TablePlan Plan { get; }

    internal IEnumerable<ITransformer> Parts => (IEnumerable<ITransformer>)_chain;

    /// <summary>Finds the preparation in a loaded model, with all that <see cref="Columns"/> said when it was fitted.</summary>
    /// <param name="model">A model, fitted or loaded.</param>
    /// <returns>The preparation; the first if there are several.</returns>
    /// <exception cref="ArgumentException">The model holds none.</exception>
    public static TableFeaturizingTransformer FromLoaded(ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return TableChain.Find(model) ?? throw new ArgumentException("The model holds no FeaturizeTable.", nameof(model));
    }

    /// <summary>Counts the values that training had no example of: one reading of the rows.</summary>
    /// <param name="input">Rows to predict.</param>
    /// <returns>A record for each column that has such values.</returns>
    /// <exception cref="ArgumentException">A column is missing or of a type that is no cell of a table.</exception>
    public IReadOnlyList<UnexpectedValues> CountUnexpected(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return UnexpectedCounter.Count(input, Plan);
    }

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _chain.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _chain.GetRowToRowMapper(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => new OrderedView(_chain.Transform(input));

    void ICanSaveModel.Save(ModelSaveContext ctx) => _chain.Save(ctx);
}
