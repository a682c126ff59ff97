namespace EE569.Experiments.Studies.Data;

/// <summary>Labelled examples for the engine: one row of features and one class for each.</summary>
/// <param name="Features">Rows x features.</param>
/// <param name="Labels">Class 0 … k-1 of each row.</param>
/// <param name="Classes">The class names.</param>
internal sealed record Examples(Matrix<float> Features, int[] Labels, IReadOnlyList<string> Classes)
{
    public int Count => Labels.Length;

    /// <summary>The examples as the trainer reads them.</summary>
    public DenseData<float> ToData() => new(Features, Labels);

    /// <summary>The chosen rows, copied.</summary>
    public Examples Subset(ReadOnlySpan<int> rows)
    {
        var features = new Matrix<float>(rows.Length, Features.Columns);
        int[] labels = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            Features.Row(rows[i]).CopyTo(features.Row(i));
            labels[i] = Labels[rows[i]];
        }

        return new Examples(features, labels, Classes);
    }

    /// <summary>A stratified split.</summary>
    public (Examples Train, Examples Test) Split(double testFraction, int seed)
    {
        (int[] train, int[] test) = DataSplit.Stratified(Labels, testFraction, (ulong)seed);
        return (Subset(train), Subset(test));
    }

    /// <summary>Examples with two features as a table to draw: x1, x2, class.</summary>
    public Table ToPoints(string name)
    {
        var table = new Table(name, "x1", "x2", "class");
        for (int i = 0; i < Count; i++)
        {
            table.Add(Features[i, 0], Features[i, 1], Classes[Labels[i]]);
        }

        return table;
    }
}
