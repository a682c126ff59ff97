namespace EE569.Engine.Data;

/// <summary>Examples in memory whose features are a dense matrix.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class DenseData<T> : InMemoryData<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Wraps features and targets without copying them.</summary>
    /// <param name="rows">Features, examples x features; all finite.</param>
    /// <param name="targets">Targets and weights of the same number of rows.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, there is none, or a feature is not finite (the message names it).</exception>
    public DenseData(Matrix<T> rows, Targets<T> targets)
        : base((rows ?? throw new ArgumentNullException(nameof(rows))).Columns, rows.Rows, targets)
    {
        for (int row = 0; row < rows.Rows; row++)
        {
            DataCheck.Finite(rows.Row(row), row);
        }

        Rows = rows;
    }

    /// <summary>Wraps features and classes without copying them.</summary>
    /// <param name="rows">Features, examples x features; all finite.</param>
    /// <param name="labels">Class of each row, from 0.</param>
    /// <param name="weights">Weight of each row, or null when all are 1.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, or a value is not usable; the message names it.</exception>
    public DenseData(Matrix<T> rows, int[] labels, T[]? weights = null)
        : this(rows, new Targets<T>(labels, weights))
    {
    }

    /// <summary>Wraps features and target values without copying them.</summary>
    /// <param name="rows">Features, examples x features; all finite.</param>
    /// <param name="values">Target values, examples x outputs.</param>
    /// <param name="weights">Weight of each row, or null when all are 1.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, or a value is not usable; the message names it.</exception>
    public DenseData(Matrix<T> rows, Matrix<T> values, T[]? weights = null)
        : this(rows, new Targets<T>(values, weights))
    {
    }

    /// <summary>The features, examples x features.</summary>
    public Matrix<T> Rows { get; }

    /// <summary>A copy of some rows, for instance of one side of a <see cref="DataSplit"/>.</summary>
    /// <param name="rows">Indices of the rows, in the order wanted.</param>
    public DenseData<T> Subset(ReadOnlySpan<int> rows)
    {
        var features = new Matrix<T>(0, Features);
        features.Gather(Rows, rows);
        return new(features, Targets.Subset(rows)) { Ids = IdsOf(rows) };
    }

    private protected override BatchPart<T> CreateFeatures(bool isSparse) => new DensePart<T>(Rows);
}
