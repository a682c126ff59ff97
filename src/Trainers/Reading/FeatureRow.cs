namespace EE569.Trainers.Reading;

/// <summary>The check that a row has as many features as its column, which ML.NET does not make: an array of any length passes for the vector of a class.</summary>
internal static class FeatureRow
{
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
