namespace EE569.Trainers.Scoring;

/// <summary>Makes the scorer of a row.</summary>
/// <param name="row">The row, or the cursor that moves it.</param>
/// <param name="feature">The feature column.</param>
internal delegate RowScorer ScorerFactory(DataViewRow row, DataViewSchema.Column feature);

/// <summary>Scores single rows: what a PredictionEngine uses.</summary>
internal sealed class NetworkRowMapper(NetworkBindings bindings, ScorerFactory createScorer) : IRowToRowMapper
{
    public DataViewSchema InputSchema => bindings.Input;

    public DataViewSchema OutputSchema => bindings.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => bindings.InputsFor(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!ReferenceEquals(input.Schema, InputSchema))
        {
            throw new ArgumentException("The row is not of the schema that the mapper was made for.", nameof(input));
        }

        return new NetworkRow(input, new NetworkGetters(input, bindings, createScorer, activeColumns));
    }
}
