namespace Microsoft.ML.Data;

/// <summary>A number in [0, 1) for each row of a view, the same at every reading: a hash of its sampling key, or of its row id.</summary>
internal sealed class RowDraw(IDataView data, string? samplingKey, int seed)
{
    /// <summary>The rows whose number is accepted.</summary>
    public IDataView Where(Func<double, bool> accepts)
    {
        DataViewSchema.Column[] read = samplingKey is null ? [] : [data.Schema[samplingKey]];
        return new RowFilterView(data, read, row =>
        {
            Func<ulong> hash = read.Length == 0 ? HashId(row) : Getters.Call<Func<ulong>>(typeof(RowDraw), nameof(HashValue), [read[0].Type.RawType], row, read[0]);
            return () => accepts((Mix(hash() + (ulong)(uint)seed) >> 11) * (1.0 / (1UL << 53)));
        });
    }

    private static Func<ulong> HashId(DataViewRow row)
    {
        ValueGetter<DataViewRowId> get = row.GetIdGetter();
        DataViewRowId id = default;
        return () =>
        {
            get(ref id);
            return Mix(id.Low) ^ id.High;
        };
    }

    private static Func<ulong> HashValue<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            get(ref value);
            ulong hash = 0;
            foreach (char c in Transforms.Conversions.ToText(value))
            {
                hash = Mix(hash + c);
            }

            return hash;
        };
    }

    // The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): every bit of the result depends on every bit of the argument.
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
