namespace EE569.Trainers;

/// <summary>What became of a column of a raw table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it was taken for.</param>
/// <param name="RowCount">The rows read in training.</param>
/// <param name="MissingCount">How many of them have no value: NaN, empty text, <see cref="DateTime.MinValue"/>, text that is not of the column's kind.</param>
/// <param name="DistinctCount">Different values; at least so many if <paramref name="HasMoreValues"/>.</param>
/// <param name="HasMoreValues">Whether counting ended before the last row because there were many values.</param>
/// <param name="SlotCount">Slots of the feature vector.</param>
/// <param name="Treatment">What is done with it, in a few words.</param>
public sealed record FeaturizedColumn(
    string Name, TableColumnKind Kind, long RowCount, long MissingCount, int DistinctCount, bool HasMoreValues, int SlotCount, string Treatment)
{
    /// <summary>The column in a line: name, kind, missing, distinct, treatment.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{Name}: {Kind.ToString().ToLowerInvariant()}, {(HasMoreValues ? "more than " : "")}{DistinctCount:N0} values, {MissingCount:N0} missing; {Treatment}");
}
