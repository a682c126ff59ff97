using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Replaces NaN by a constant or by a statistic of the column.</summary>
public sealed class MissingValueReplacingEstimator : IEstimator<MissingValueReplacingTransformer>
{
    private readonly IHostEnvironment _env;
    private readonly InputOutputColumnPair[] _columns;
    private readonly ReplacementMode _mode;
    private readonly bool _imputeBySlot;

    internal MissingValueReplacingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, ReplacementMode mode, bool imputeBySlot)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _env = env;
        _columns = columns;
        _mode = mode;
        _imputeBySlot = imputeBySlot;
    }

    public MissingValueReplacingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column[] columns = [.. _columns.Select(pair => input.Schema.GetInputColumn(pair.InputColumnName))];
        foreach (DataViewSchema.Column column in columns)
        {
            MissingValueReplacingTransformer.CheckType(column.Type.ItemType(), column.Type.ItemType());
        }

        SlotResult[][] results = ColumnStatistics.Learn(_env, input, columns, _mode == ReplacementMode.DefaultValue ? 0 : long.MaxValue, _imputeBySlot, () => new Replacement(_mode));
        return new(_env, _columns, [.. results.Select(slots => slots.Select(slot => slot.First).ToArray())]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(_columns.Select(pair =>
    {
        SchemaShape.Column input = inputSchema.GetInputColumn(pair.InputColumnName);
        MissingValueReplacingTransformer.CheckType(input.IsKey ? new KeyDataViewType(typeof(uint), 1) : input.ItemType, input.ItemType);
        return new SchemaShape.Column(pair.OutputColumnName, input.Kind, input.ItemType, isKey: false,
            new([.. SchemaAnnotations.Kept(input, AnnotationUtils.Kinds.SlotNames), .. SchemaAnnotations.Kept(input, AnnotationUtils.Kinds.IsNormalized)]));
    }));

    public enum ReplacementMode : byte
    {
        DefaultValue = 0,
        Mean = 1,
        Minimum = 2,
        Maximum = 3,
        Mode = 5,
    }

    /// <summary>The value that replaces the missing ones.</summary>
    private sealed class Replacement(ReplacementMode mode) : SlotStatistics
    {
        private readonly Dictionary<double, long> _counts = [];
        private long _count;
        private double _sum;
        private double _minimum = double.PositiveInfinity;
        private double _maximum = double.NegativeInfinity;

        public override void Add(double value) => Add(value, double.IsNaN(value) ? 0 : 1);

        public override void AddZeros(long count) => Add(0, count);

        public override SlotResult Finish() => new(mode switch
        {
            ReplacementMode.Mean => _count > 0 ? _sum / _count : 0,
            ReplacementMode.Minimum => _minimum,
            ReplacementMode.Maximum => _maximum,
            ReplacementMode.Mode => _count > 0 ? _counts.MaxBy(pair => pair.Value).Key : 0,
            _ => 0,
        }, 0);

        private void Add(double value, long times)
        {
            if (times <= 0)
            {
                return;
            }

            _count += times;
            _sum += value * times;
            _minimum = Math.Min(_minimum, value);
            _maximum = Math.Max(_maximum, value);
            if (mode == ReplacementMode.Mode)
            {
                _counts[value] = _counts.GetValueOrDefault(value) + times;
            }
        }
    }
}
