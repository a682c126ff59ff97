using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    /// <summary>The rows whose value lies in [lowerBound, upperBound).</summary>
    public IDataView FilterRowsByColumn(IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column column = input.Schema[columnName];
        if (column.Type is not NumberDataViewType || Conversions.Find(column.Type.RawType, typeof(double)) is not { } convert)
        {
            throw Contracts.SchemaMismatch(nameof(columnName), "filter", columnName, "number", $"{column.Type}");
        }

        return new RowFilterView(input, [column], row =>
            Getters.Call<Func<bool>>(typeof(DataOperationsCatalog), nameof(InRange), [column.Type.RawType], row, column, convert, lowerBound, upperBound));
    }

    /// <summary>The rows without a missing value in any of the columns.</summary>
    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column[] read = [.. columns.Select(name => input.Schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException("Columns", $"Source column '{name}' not found"))];
        return new RowFilterView(input, read, row =>
        {
            Func<bool>[] complete = [.. read.Select(column => Getters.Call<Func<bool>>(typeof(DataOperationsCatalog),
                column.Type is VectorDataViewType ? nameof(CompleteVector) : nameof(Complete), [column.Type.ItemType().RawType], row, column))];
            return () => Array.TrueForAll(complete, isComplete => isComplete());
        });
    }

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shufflePoolSize);
        return new ShuffledView(input, seed ?? _env.Register(nameof(ShuffleRows)).Rand.Next(), shufflePoolSize, shuffleSource);
    }

    public IDataView SkipRows(IDataView input, long count) => Range(input, count, long.MaxValue, count);

    public IDataView TakeRows(IDataView input, long count) => Range(input, 0, count, count);

    private static RowRangeView Range(IDataView input, long skip, long take, long count)
    {
        ArgumentNullException.ThrowIfNull(input);
        return count > 0 ? new(input, skip, take) : throw new ArgumentOutOfRangeException(nameof(count), "Must be greater than zero.");
    }

    private static Func<bool> InRange<T>(DataViewRow row, DataViewSchema.Column column, Func<T, double> convert, double lowerBound, double upperBound)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            get(ref value);
            double number = convert(value);
            return number >= lowerBound && number < upperBound;
        };
    }

    private static Func<bool> Complete<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        bool isKey = column.Type is KeyDataViewType;
        T value = default!;
        return () =>
        {
            get(ref value);
            return !MissingValues.IsMissing(value) && !(isKey && EqualityComparer<T>.Default.Equals(value, default));
        };
    }

    private static Func<bool> CompleteVector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> get = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> vector = default;
        return () =>
        {
            get(ref vector);
            foreach (T value in vector.GetValues())
            {
                if (MissingValues.IsMissing(value))
                {
                    return false;
                }
            }

            return true;
        };
    }
}
