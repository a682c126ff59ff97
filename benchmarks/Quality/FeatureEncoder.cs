using MathNet.Numerics.Statistics;

namespace EE569.Benchmarks.Quality;

/// <summary>Turns rows of a table into vectors; all it knows comes from the rows it was fitted on.</summary>
internal sealed class FeatureEncoder
{
    private readonly ColumnEncoder[] _columns;

    public FeatureEncoder(QualityTable table, int[] rows, Preparation preparation)
    {
        _columns = [.. table.Features.Select(column => new ColumnEncoder(column, rows, preparation))];
        int first = 0;
        List<int> ranges = [];
        foreach (ColumnEncoder column in _columns)
        {
            if (column.IsCategory)
            {
                ranges.AddRange([first, first + column.Width - 1]);
            }

            first += column.Width;
        }

        (Width, CategoryRanges) = (first, [.. ranges]);
    }

    /// <summary>The length of a vector.</summary>
    public int Width { get; }

    /// <summary>First and last slot of each one-hot category, as ML.NET's annotation CategoricalSlotRanges holds them.</summary>
    public int[] CategoryRanges { get; }

    public float[] Encode(int row)
    {
        float[] vector = new float[Width];
        Span<float> rest = vector;
        foreach (ColumnEncoder column in _columns)
        {
            column.Encode(row, rest[..column.Width]);
            rest = rest[column.Width..];
        }

        return vector;
    }

    private sealed class ColumnEncoder
    {
        private readonly TableColumn _column;
        private readonly Dictionary<string, int>? _levels;
        private readonly bool _isRaw, _isClipped, _hasMissing;
        private readonly float _median, _centre, _factor = 1;

        public ColumnEncoder(TableColumn column, int[] rows, Preparation preparation)
        {
            _column = column;
            if (column.Texts is { } texts)
            {
                _levels = rows.Select(row => texts[row]).Distinct().Order(StringComparer.Ordinal).Index().ToDictionary(level => level.Item, level => level.Index);
                Width = _levels.Count;
                return;
            }

            (_isRaw, _isClipped) = (preparation == Preparation.Raw, preparation == Preparation.RobustClip);
            double[] seen = [.. rows.Select(row => (double)column.Numbers![row]).Where(double.IsFinite)];
            _hasMissing = !_isRaw && seen.Length < rows.Length;
            Width = _hasMissing ? 2 : 1;
            if (_isRaw || seen.Length == 0)
            {
                return;
            }

            _median = (float)seen.Median();
            (double centre, double scale) = preparation switch
            {
                Preparation.ScaleOnly => (0, Math.Sqrt(seen.Average(value => value * value))),
                Preparation.Standard => (seen.Average(), seen.PopulationStandardDeviation()),
                _ => (seen.Median(), seen.InterquartileRange() is > 0 and var range ? range : (seen.Max() - seen.Min()) / 2),
            };
            (_centre, _factor) = ((float)centre, scale > 0 ? (float)(1 / scale) : 0);
        }

        public bool IsCategory => _levels is not null;

        public int Width { get; }

        public void Encode(int row, Span<float> target)
        {
            if (_levels is not null)
            {
                if (_levels.TryGetValue(_column.Texts![row], out int level))
                {
                    target[level] = 1;
                }

                return;
            }

            float value = _column.Numbers![row];
            bool isMissing = float.IsNaN(value);
            if (_hasMissing && isMissing)
            {
                target[1] = 1;
            }

            float scaled = _isRaw ? value : ((isMissing ? _median : value) - _centre) * _factor;
            target[0] = _isClipped ? scaled / MathF.Sqrt(1 + (scaled * scaled / 9)) : scaled;
        }
    }
}
