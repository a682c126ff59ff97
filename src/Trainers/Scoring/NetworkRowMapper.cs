namespace EE569.Trainers.Scoring;

/// <summary>Scores single rows: what a PredictionEngine uses.</summary>
internal sealed class NetworkRowMapper(NetworkBindings bindings, Func<DataViewRow, DataViewSchema.Column, RowScorer> createScorer) : IRowToRowMapper
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
