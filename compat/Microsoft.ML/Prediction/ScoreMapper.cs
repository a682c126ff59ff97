namespace Microsoft.ML.Data;

/// <summary>Score columns of one row, all computed from one score that is computed once a row.</summary>
internal sealed class ScoreMapper<TScore>(
    DataViewSchema.Column features, IFeatureScorer<TScore> scorer, params ScoreColumn<TScore>[] columns) : IRowMapper
{
    public DataViewSchema.DetachedColumn[] OutputColumns { get; } = [.. columns.Select(column => column.Output)];

    public IEnumerable<int> GetDependencies(int output) => [features.Index];

    public Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive)
    {
        if (!Enumerable.Range(0, columns.Length).Any(isActive))
            return new Delegate?[columns.Length];
        RowScore<TScore> score = new(input, features, scorer);
        return [.. columns.Select((column, i) => isActive(i) ? column.CreateGetter(score) : null)];
    }
}

/// <summary>The score of the row that <paramref name="input"/> stands on.</summary>
internal sealed class RowScore<TScore>(DataViewRow input, DataViewSchema.Column features, IFeatureScorer<TScore> scorer)
{
    private readonly ValueGetter<VBuffer<float>> _getFeatures = input.GetGetter<VBuffer<float>>(features);
    private VBuffer<float> _features;
    private TScore _score = default!;
    private long _position = -1;

    public ref readonly TScore Current
    {
        get
        {
            if (_position != input.Position)
            {
                _getFeatures(ref _features);
                scorer.Score(_features, ref _score);
                _position = input.Position;
            }
            return ref _score;
        }
    }
}

/// <param name="Output">Name, type and annotations.</param>
/// <param name="CreateGetter">Makes the ValueGetter of the output's raw type.</param>
internal sealed record ScoreColumn<TScore>(DataViewSchema.DetachedColumn Output, Func<RowScore<TScore>, Delegate> CreateGetter);
