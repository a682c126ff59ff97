namespace EE569.Trainers.Scoring;

/// <summary>A network bound to an input schema: the columns of the input, then ours.</summary>
internal sealed class NetworkBindings
{
    /// <param name="input">The schema to score.</param>
    /// <param name="feature">The feature column.</param>
    /// <param name="builtIn">The built-in chain: it checks the schema, and its columns have the types and annotations that ML.NET gives.</param>
    /// <param name="outputs">The names of our columns, in order.</param>
    public NetworkBindings(DataViewSchema input, string feature, ITransformer builtIn, IReadOnlyList<string> outputs)
    {
        var reference = builtIn.GetOutputSchema(input);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        uint set = ScoreColumnSet.Next(input);
        foreach (string name in outputs)
        {
            builder.AddColumn(name, reference[name].Type, ScoreColumnSet.Renumber(reference[name].Annotations, set));
        }

        Input = input;
        Output = builder.ToSchema();
        Feature = input[feature];
    }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    public DataViewSchema.Column Feature { get; }

    public bool IsOurs(DataViewSchema.Column column) => column.Index >= Input.Count;

    /// <summary>The columns of the input that some columns of the output need.</summary>
    public IReadOnlyList<DataViewSchema.Column> InputsFor(IEnumerable<DataViewSchema.Column> outputs)
    {
        var needed = new SortedSet<int>();
        foreach (var column in outputs)
        {
            needed.Add(IsOurs(column) ? Feature.Index : column.Index);
        }

        return [.. needed.Select(index => Input[index])];
    }
}
