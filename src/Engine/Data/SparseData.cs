namespace EE569.Engine.Data;

/// <summary>Examples in memory whose features are sparse rows. A batch is made dense where the first layer cannot read sparse rows or is faster with dense ones.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SparseData<T> : InMemoryData<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Wraps features and targets without copying them.</summary>
    /// <param name="rows">Features, examples x features; all finite.</param>
    /// <param name="targets">Targets and weights of the same number of rows.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, there is none, or a feature is not finite (the message names it).</exception>
    public SparseData(CsrMatrix<T> rows, Targets<T> targets)
        : base((rows ?? throw new ArgumentNullException(nameof(rows))).Columns, rows.Rows, targets)
    {
        for (int row = 0; row < rows.Rows; row++)
        {
            DataCheck.Finite(rows.Values(row), row);
        }

        Rows = rows;
    }

    /// <summary>Wraps features and classes without copying them.</summary>
    /// <param name="rows">Features, examples x features; all finite.</param>
    /// <param name="labels">Class of each row, from 0.</param>
    /// <param name="weights">Weight of each row, or null when all are 1.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, or a value is not usable; the message names it.</exception>
    public SparseData(CsrMatrix<T> rows, int[] labels, T[]? weights = null)
        : this(rows, new Targets<T>(labels, weights))
    {
    }

    /// <summary>Wraps features and target values without copying them.</summary>
    /// <param name="rows">Features, examples x features; all finite.</param>
    /// <param name="values">Target values, examples x outputs.</param>
    /// <param name="weights">Weight of each row, or null when all are 1.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, or a value is not usable; the message names it.</exception>
    public SparseData(CsrMatrix<T> rows, Matrix<T> values, T[]? weights = null)
        : this(rows, new Targets<T>(values, weights))
    {
    }

    /// <summary>The features, examples x features.</summary>
    public CsrMatrix<T> Rows { get; }

    /// <summary>A copy of some rows, for instance of one side of a <see cref="DataSplit"/>.</summary>
    /// <param name="rows">Indices of the rows, in the order wanted.</param>
    public SparseData<T> Subset(ReadOnlySpan<int> rows)
    {
        int nonZeros = 0;
        foreach (int row in rows)
        {
            nonZeros += Rows.Indices(row).Length;
        }

        var features = CsrMatrix<T>.CreateBuffer(Features);
        features.EnsureCapacity(nonZeros);
        foreach (int row in rows)
        {
            features.Append(Rows.Indices(row), Rows.Values(row));
        }

        return new(features, Targets.Subset(rows)) { Ids = IdsOf(rows) };
    }

    internal override bool IsSparse => true;

    internal override double Density => Rows.NonZeros / ((double)Rows.Rows * Rows.Columns);

    private protected override BatchPart<T> CreateFeatures(bool isSparse) => new SparsePart<T>(Rows, isSparse);
}
