using System.Numerics;
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

        Replacements[] replacements = [.. columns.Select(column => new Replacements(column.Type, _mode, _imputeBySlot))];
        if (_mode != ReplacementMode.DefaultValue)
        {
            Learn(input, columns, replacements);
        }

        return new(_env, _columns, [.. replacements.Select(column => column.Finish())]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(_columns.Select(pair =>
    {
        SchemaShape.Column input = inputSchema.GetInputColumn(pair.InputColumnName);
        MissingValueReplacingTransformer.CheckType(input.IsKey ? new KeyDataViewType(typeof(uint), 1) : input.ItemType, input.ItemType);
        return new SchemaShape.Column(pair.OutputColumnName, input.Kind, input.ItemType, isKey: false,
            new([.. SchemaAnnotations.Kept(input, AnnotationUtils.Kinds.SlotNames), .. SchemaAnnotations.Kept(input, AnnotationUtils.Kinds.IsNormalized)]));
    }));

    private void Learn(IDataView input, DataViewSchema.Column[] columns, Replacements[] replacements)
    {
        using DataViewRowCursor cursor = input.GetRowCursor(columns);
        Action[] readers = [.. columns.Select((column, i) => column.Type.ItemType() == NumberDataViewType.Single
            ? Reader<float>(cursor, column, replacements[i])
            : Reader<double>(cursor, column, replacements[i]))];
        while (cursor.MoveNext())
        {
            _env.CheckAlive();
            foreach (Action read in readers)
            {
                read();
            }
        }
    }

    private static Action Reader<T>(DataViewRow row, DataViewSchema.Column column, Replacements replacements) where T : INumber<T>
    {
        if (column.Type is not VectorDataViewType)
        {
            ValueGetter<T> get = row.GetGetter<T>(column);
            T value = T.Zero;
            return () =>
            {
                get(ref value);
                replacements.Add(0, double.CreateTruncating(value));
            };
        }

        ValueGetter<VBuffer<T>> getVector = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> vector = default;
        return () =>
        {
            getVector(ref vector);
            foreach ((int slot, T value) in vector.Items(all: true))
            {
                replacements.Add(slot, double.CreateTruncating(value));
            }
        };
    }

    public enum ReplacementMode : byte
    {
        DefaultValue = 0,
        Mean = 1,
        Minimum = 2,
        Maximum = 3,
        Mode = 5,
    }

    /// <summary>The values that replace a column's missing ones: one per slot, or one for all.</summary>
    private sealed class Replacements
    {
        private readonly ReplacementMode _mode;
        private readonly SlotStatistic[] _slots;

        public Replacements(DataViewType type, ReplacementMode mode, bool bySlot)
        {
            _mode = mode;
            _slots = [.. Enumerable.Range(0, bySlot && type.ValueCount() > 0 ? type.ValueCount() : 1).Select(_ => new SlotStatistic())];
        }

        public void Add(int slot, double value)
        {
            if (!double.IsNaN(value))
            {
                _slots[_slots.Length == 1 ? 0 : slot].Add(value, _mode);
            }
        }

        public double[] Finish() => [.. _slots.Select(slot => slot.Finish(_mode))];
    }

    private sealed class SlotStatistic
    {
        private readonly Dictionary<double, long> _counts = [];
        private long _count;
        private double _sum;
        private double _minimum = double.PositiveInfinity;
        private double _maximum = double.NegativeInfinity;

        public void Add(double value, ReplacementMode mode)
        {
            _count++;
            _sum += value;
            _minimum = Math.Min(_minimum, value);
            _maximum = Math.Max(_maximum, value);
            if (mode == ReplacementMode.Mode)
            {
                _counts[value] = _counts.GetValueOrDefault(value) + 1;
            }
        }

        public double Finish(ReplacementMode mode) => mode switch
        {
            ReplacementMode.Mean => _count > 0 ? _sum / _count : 0,
            ReplacementMode.Minimum => _minimum,
            ReplacementMode.Maximum => _maximum,
            ReplacementMode.Mode => _count > 0 ? _counts.MaxBy(pair => pair.Value).Key : 0,
            _ => 0,
        };
    }
}
