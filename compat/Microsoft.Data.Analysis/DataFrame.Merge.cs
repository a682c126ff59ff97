namespace Microsoft.Data.Analysis;

public enum JoinAlgorithm
{
    Left,
    Right,
    FullOuter,
    Inner,
}

public partial class DataFrame
{
    /// <summary>
    /// Joins the rows of two frames whose key columns are equal (nulls are equal to each other).
    /// Names that both frames use get the suffixes.
    /// </summary>
    public DataFrame Merge(
        DataFrame other, string[] leftJoinColumns, string[] rightJoinColumns, string leftSuffix = "_left", string rightSuffix = "_right",
        JoinAlgorithm joinAlgorithm = JoinAlgorithm.Left)
    {
        List<(long? Left, long? Right)> pairs = joinAlgorithm is JoinAlgorithm.Left or JoinAlgorithm.FullOuter
            ? [.. Join(this, leftJoinColumns, other, rightJoinColumns)]
            : [.. Join(other, rightJoinColumns, this, leftJoinColumns).Select(pair => (pair.Second, pair.First))];
        if (joinAlgorithm == JoinAlgorithm.Inner)
        {
            pairs.RemoveAll(pair => pair.Left is null);
        }
        else if (joinAlgorithm == JoinAlgorithm.FullOuter)
        {
            pairs.AddRange(Join(other, rightJoinColumns, this, leftJoinColumns)
                .Where(pair => pair.Second is null).Select(pair => (pair.Second, pair.First)));
        }

        IEnumerable<DataFrameColumn> Side(DataFrame frame, DataFrame opposite, string suffix, IEnumerable<long?> rows) =>
            frame.Columns.Select(column =>
            {
                DataFrameColumn result = column.Take(rows);
                result.SetName(opposite.Columns.IndexOf(column.Name) >= 0 ? column.Name + suffix : column.Name);
                return result;
            });
        return new DataFrame(Side(this, other, leftSuffix, pairs.Select(pair => pair.Left))
            .Concat(Side(other, this, rightSuffix, pairs.Select(pair => pair.Right))));
    }

    /// <summary>Joins by one column on each side, of type <typeparamref name="TKey"/>.</summary>
    public DataFrame Merge<TKey>(
        DataFrame other, string leftJoinColumn, string rightJoinColumn, string leftSuffix = "_left", string rightSuffix = "_right",
        JoinAlgorithm joinAlgorithm = JoinAlgorithm.Left) =>
        Merge(other, [leftJoinColumn], [rightJoinColumn], leftSuffix, rightSuffix, joinAlgorithm);

    /// <summary>Each row of the first frame with each row of the second that has its key, or with none.</summary>
    private static IEnumerable<(long? First, long? Second)> Join(DataFrame first, string[] firstKeys, DataFrame second, string[] secondKeys)
    {
        foreach ((string firstKey, string secondKey) in firstKeys.Zip(secondKeys))
        {
            if (first[firstKey].DataType != second[secondKey].DataType)
            {
                throw new ArgumentException($"Expected column to hold values of type {first[firstKey].DataType}", "other");
            }
        }

        ILookup<object, long> matches = DataFrameColumn.Rows(0, second.Rows.Count).ToLookup(row => Key(second, secondKeys, row));
        return DataFrameColumn.Rows(0, first.Rows.Count).SelectMany(
            row => matches[Key(first, firstKeys, row)].Select(match => (long?)match).DefaultIfEmpty(), (row, match) => ((long?)row, match));
    }

    private static object Key(DataFrame frame, string[] names, long row) =>
        names.Select(name => frame[name][row]).Aggregate<object?, object>(0, (key, value) => (key, value));
}
