using System.Text.RegularExpressions;

namespace EE569.Trainers.Onnx;

/// <summary>What a transformer does to columns.</summary>
/// <param name="Reads">The columns that its new columns are made of.</param>
/// <param name="Writes">The columns that it makes or replaces.</param>
/// <param name="Drops">The columns that are gone after it.</param>
internal sealed partial record ColumnEffect(IReadOnlyCollection<string> Reads, IReadOnlyCollection<string> Writes, IReadOnlyCollection<string> Drops)
{
    private const string Mark = "EE569.Mark";

    /// <summary>Types that a column of which only the name is known may have, the likeliest first.</summary>
    private static readonly DataViewType[] Candidates =
    [
        TextDataViewType.Instance, NumberDataViewType.Single, BooleanDataViewType.Instance, new VectorDataViewType(NumberDataViewType.Single),
        NumberDataViewType.Double, NumberDataViewType.Int32, NumberDataViewType.Int64, NumberDataViewType.UInt32, DateTimeDataViewType.Instance,
    ];

    /// <summary>
    /// Finds it out. Transformers from column to column are asked for their names; the others are given a schema, and ML.NET's public interface tells
    /// what becomes of it. What else they need they name in their errors.
    /// </summary>
    /// <param name="transformer">The transformer.</param>
    /// <param name="columns">The columns of interest.</param>
    /// <returns>Null if it cannot be found out.</returns>
    public static ColumnEffect? Of(ITransformer transformer, IReadOnlyDictionary<string, DataViewType> columns) => transformer switch
    {
        OneToOneTransformerBase map => new(
            [.. MLNetInternals.ColumnPairs(map).Select(pair => pair.Input)], [.. MLNetInternals.ColumnPairs(map).Select(pair => pair.Output)], []),
        ColumnConcatenatingTransformer join => new(
            [.. MLNetInternals.Columns(join).SelectMany(column => column.Inputs)], [.. MLNetInternals.Columns(join).Select(column => column.Output)], []),
        _ => Probe(transformer, columns),
    };

    private static ColumnEffect? Probe(ITransformer transformer, IReadOnlyDictionary<string, DataViewType> columns)
    {
        var added = new Dictionary<string, int>();
        while (true)
        {
            var builder = new DataViewSchema.Builder();
            foreach (var (name, type) in columns.Concat(added.Select(column => KeyValuePair.Create(column.Key, Candidates[column.Value]))))
            {
                builder.AddColumn(name, type, Marked());
            }

            var input = builder.ToSchema();
            try
            {
                return Compare(transformer, input, transformer.GetOutputSchema(input));
            }
            catch (Exception e) // whatever a transformer finds wrong with the schema
            {
                if (!Improve(columns, added, [.. ColumnName().Matches(e.Message).SelectMany(match => match.Groups["name"].Value.Split(','))]))
                {
                    return null;
                }
            }
        }
    }

    /// <summary>Adds the columns that an error names, or gives another type to those that are there.</summary>
    private static bool Improve(IReadOnlyDictionary<string, DataViewType> columns, Dictionary<string, int> added, string[] named)
    {
        string[] missing = [.. named.Where(name => !columns.ContainsKey(name) && !added.ContainsKey(name))];
        foreach (string name in missing)
        {
            added[name] = 0;
        }

        return missing.Length > 0 || named.Any(name => added.TryGetValue(name, out int type) && (added[name] = type + 1) < Candidates.Length);
    }

    private static ColumnEffect Compare(ITransformer transformer, DataViewSchema input, DataViewSchema output)
    {
        bool IsOld(DataViewSchema.Column column) => column.Index < input.Count && column.Annotations.Schema.GetColumnOrNull(Mark) is not null;
        var fresh = output.Where(column => !IsOld(column)).ToList();
        var read = transformer.IsRowToRowMapper ? transformer.GetRowToRowMapper(input).GetDependencies(fresh) : input;
        return new(
            [.. read.Select(column => column.Name)],
            [.. fresh.Select(column => column.Name)],
            [.. input.Select(column => column.Name).Where(name => output.GetColumnOrNull(name) is null)]);
    }

    private static DataViewSchema.Annotations Marked()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(Mark, BooleanDataViewType.Instance, (ref bool value) => value = true);
        return builder.ToAnnotations();
    }

    [GeneratedRegex("olumns? '(?<name>[^']+)'|Column (?<name>.+) does not exist")]
    private static partial Regex ColumnName();
}
