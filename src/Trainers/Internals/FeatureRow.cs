namespace EE569.Trainers.Internals;

/// <summary>Checks of the features that a network scores.</summary>
internal static class FeatureRow
{
    /// <summary>That a schema has the feature column, with the errors of ML.NET's own transformers.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The name of the column.</param>
    /// <param name="expected">Its type.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is missing.</exception>
    /// <exception cref="InvalidOperationException">It has another type or length.</exception>
    public static void Check(DataViewSchema schema, string name, VectorDataViewType expected)
    {
        if (schema.GetColumnOrNull(name)?.Type is not { } type)
        {
            throw new ArgumentOutOfRangeException(nameof(schema), $"{name} column 'Feature' not found");
        }

        var (item, size) = type is VectorDataViewType vector ? (vector.ItemType, vector.Size) : (type, 0);
        if (!item.Equals(expected.ItemType))
        {
            throw new InvalidOperationException($"Incompatible features column type item type: '{item}' vs '{expected.ItemType}'");
        }

        if (size != expected.Size)
        {
            throw new InvalidOperationException($"Incompatible features column type: '{type}' vs '{expected}'");
        }
    }

    /// <summary>That a row has as many features as its column, which ML.NET does not check: an array of any length passes for the vector of a class.</summary>
    /// <param name="features">The row.</param>
    /// <param name="column">Its column.</param>
    /// <param name="position">The number of the row, from 0.</param>
    /// <exception cref="InvalidOperationException">The numbers differ.</exception>
    public static void Check(in VBuffer<float> features, DataViewSchema.Column column, long position)
    {
        int width = ((VectorDataViewType)column.Type).Size;
        if (features.Length != width)
        {
            throw new InvalidOperationException($"Row {position} has {features.Length} features, column '{column.Name}' has {width}.");
        }
    }
}
