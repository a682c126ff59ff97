using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>The statistics of the slots of a column of numbers: one for each slot, or one for all.</summary>
internal sealed class ColumnStatistics
{
    private readonly SlotStatistics[] _slots;
    private readonly long[] _seen;
    private readonly int _width;
    private readonly Action _addRow;

    private ColumnStatistics(DataViewRow row, DataViewSchema.Column column, Func<SlotStatistics> create, bool bySlot)
    {
        _width = column.Type.ValueCount();
        _slots = [.. Enumerable.Range(0, bySlot && _width > 0 ? _width : 1).Select(_ => create())];
        _seen = new long[_slots.Length];
        bool single = column.Type.ItemType() == NumberDataViewType.Single;
        Array.ForEach(_slots, slot => slot.IsSingle = single);
        _addRow = single ? Reader<float>(row, column) : Reader<double>(row, column);
    }

    /// <summary>Learns from the first rows of a view, and returns the result of each slot of each column.</summary>
    public static SlotResult[][] Learn(
        IHostEnvironment env, IDataView data, DataViewSchema.Column[] columns, long maximumRows, bool bySlot, Func<SlotStatistics> create)
    {
        using DataViewRowCursor cursor = data.GetRowCursor(columns);
        ColumnStatistics[] statistics = [.. columns.Select(column => new ColumnStatistics(cursor, column, create, bySlot))];
        long rows = 0;
        for (; rows < maximumRows && cursor.MoveNext(); rows++)
        {
            env.CheckAlive();
            foreach (ColumnStatistics column in statistics)
            {
                column._addRow();
            }
        }

        return [.. statistics.Select(column => column.Finish(rows))];
    }

    private SlotResult[] Finish(long rows)
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            // The zeros that sparse vectors do not store.
            _slots[i].AddZeros((_slots.Length == _width ? rows : rows * _width) - _seen[i]);
        }

        return [.. _slots.Select(slot => slot.Finish())];
    }

    private Action Reader<T>(DataViewRow row, DataViewSchema.Column column) where T : INumber<T> => Getters.ForEach<T>(row, column, (value, slot) =>
    {
        int index = _slots.Length == 1 ? 0 : slot;
        _slots[index].Add(double.CreateTruncating(value));
        _seen[index]++;
    }, storedOnly: true);
}
