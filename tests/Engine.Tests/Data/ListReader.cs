using EE569.Engine.Data;

namespace EE569.Engine.Tests.Data;

/// <summary>Streams chosen rows of a data set in memory.</summary>
internal sealed class ListReader(DenseData<double> data, IEnumerable<int> order) : IRowReader<double>
{
    private readonly IEnumerator<int> rows = order.GetEnumerator();

    public bool IsDisposed { get; private set; }

    public bool Read(StreamedRow<double> row)
    {
        if (!rows.MoveNext())
        {
            return false;
        }

        row.SetFeatures(data.Rows.Row(rows.Current));
        row.SetIds(data.Ids is null ? [] : data.Ids.Row(rows.Current));
        if (data.Targets.Values is { } values)
        {
            row.SetTarget(values.Row(rows.Current));
        }
        else
        {
            row.Label = data.Targets.Labels[rows.Current];
        }

        row.Weight = data.Targets.Weights.IsEmpty ? 1 : data.Targets.Weights[rows.Current];
        return true;
    }

    public void Dispose()
    {
        IsDisposed = true;
        rows.Dispose();
    }
}
