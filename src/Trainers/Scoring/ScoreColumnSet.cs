namespace EE569.Trainers.Scoring;

/// <summary>
/// The annotation by which ML.NET tells the columns of one scorer from those of the others before it. The scorers between the layers of a built-in
/// chain count, too, so its last one has a number that is too high by their number.
/// </summary>
internal static class ScoreColumnSet
{
    private const string Kind = "ScoreColumnSetId";

    /// <summary>The number of the next scorer: one above the highest in the schema.</summary>
    public static uint Next(DataViewSchema schema)
    {
        uint highest = 0;
        foreach (var column in schema)
        {
            if (column.Annotations.Schema.GetColumnOrNull(Kind) is { Type: KeyDataViewType key } && key.RawType == typeof(uint))
            {
                uint id = 0;
                column.Annotations.GetValue(Kind, ref id);
                highest = Math.Max(highest, id);
            }
        }

        return highest + 1;
    }

    /// <summary>The annotations with another number, in their order.</summary>
    public static DataViewSchema.Annotations Renumber(DataViewSchema.Annotations annotations, uint id)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        foreach (var kind in annotations.Schema)
        {
            if (kind.Name == Kind)
            {
                builder.AddPrimitiveValue(Kind, (PrimitiveDataViewType)kind.Type, id);
            }
            else
            {
                builder.Add(annotations, name => name == kind.Name);
            }
        }

        return builder.ToAnnotations();
    }
}
