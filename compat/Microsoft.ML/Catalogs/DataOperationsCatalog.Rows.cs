using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    /// <summary>The rows whose value lies in [lowerBound, upperBound).</summary>
    public IDataView FilterRowsByColumn(IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column column = input.Schema[columnName];
        if (column.Type is not NumberDataViewType)
        {
            throw Contracts.SchemaMismatch(nameof(columnName), "filter", columnName, "number", $"{column.Type}");
        }

        return column.Type == NumberDataViewType.Single ? new RowFilterView(input, [column], row => InRange<float>(row, column, lowerBound, upperBound))
            : column.Type == NumberDataViewType.Double ? new RowFilterView(input, [column], row => InRange<double>(row, column, lowerBound, upperBound))
            : throw new ArgumentOutOfRangeException("Column", $"Column '{columnName}' does not have compatible type");
    }

    /// <summary>The rows without a missing value in any of the columns.</summary>
    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column[] read = [.. columns.Select(name => input.Schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException("Columns", $"Source column '{name}' not found"))];
        foreach (DataViewSchema.Column column in read)
        {
            DataViewType type = column.Type.ItemType();
            if (type is not KeyDataViewType && type != NumberDataViewType.Single && type != NumberDataViewType.Double)
            {
                throw new ArgumentOutOfRangeException("Columns", $"Column '{column.Name}' has type {column.Type} which does not support missing values, so we cannot filter on them");
            }
        }

        return new RowFilterView(input, read, row =>
        {
            Func<bool>[] complete = [.. read.Select(column =>
                Getters.Call<Func<bool>>(typeof(DataOperationsCatalog), nameof(Complete), [column.Type.ItemType().RawType], row, column))];
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

    private static Func<bool> InRange<T>(DataViewRow row, DataViewSchema.Column column, double lowerBound, double upperBound) where T : INumber<T>
    {
        var inRange = (ValueGetter<bool>)Getters.Map<T, bool>(row, column, (value, _) =>
            double.CreateTruncating(value) is var number && number >= lowerBound && number < upperBound);
        bool result = false;
        return () =>
        {
            inRange(ref result);
            return result;
        };
    }

    private static Func<bool> Complete<T>(DataViewRow row, DataViewSchema.Column column) where T : INumberBase<T>
    {
        bool isKey = column.Type.ItemType() is KeyDataViewType, complete = true;
        Action check = Getters.ForEach<T>(row, column, (value, _) => complete &= isKey ? !T.IsZero(value) : !T.IsNaN(value));
        return () =>
        {
            complete = true;
            check();
            return complete;
        };
    }
}
