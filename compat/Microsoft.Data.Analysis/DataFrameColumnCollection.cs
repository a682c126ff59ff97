using System.Collections.ObjectModel;

namespace Microsoft.Data.Analysis;

/// <summary>Columns of one length under different names.</summary>
public class DataFrameColumnCollection : Collection<DataFrameColumn>
{
    internal DataFrameColumnCollection(IEnumerable<DataFrameColumn> columns)
    {
        foreach (DataFrameColumn column in columns)
        {
            Add(column);
        }
    }

    internal long RowCount => Count == 0 ? 0 : this[0].Length;

    public DataFrameColumn this[string columnName]
    {
        get => IndexOf(columnName) is >= 0 and int index
            ? this[index]
            : throw new ArgumentException($"Column '{columnName}' does not exist", nameof(columnName));

        set
        {
            value.SetName(columnName);
            int index = IndexOf(columnName);
            if (index >= 0)
            {
                this[index] = value;
            }
            else
            {
                Add(value);
            }
        }
    }

    /// <summary>-1 if there is no column of that name.</summary>
    public int IndexOf(string columnName)
    {
        for (int i = 0; i < Count; i++)
        {
            if (this[i].Name == columnName)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Does nothing if there is no column of that name.</summary>
    public void Remove(string columnName)
    {
        if (IndexOf(columnName) is >= 0 and int index)
        {
            RemoveAt(index);
        }
    }

    public void RenameColumn(string currentName, string newName)
    {
        if (newName != currentName && IndexOf(newName) >= 0)
        {
            throw new ArgumentException($"DataFrame already contains a column called {newName}", nameof(newName));
        }

        this[currentName].SetName(newName);
    }

    protected override void InsertItem(int index, DataFrameColumn item)
    {
        Check(item, index: -1);
        base.InsertItem(index, item);
    }

    protected override void SetItem(int index, DataFrameColumn item)
    {
        Check(item, index);
        base.SetItem(index, item);
    }

    private void Check(DataFrameColumn column, int index)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Count > 0 && column.Length != RowCount)
        {
            throw new ArgumentException("Column lengths are mismatched", nameof(column));
        }

        int same = IndexOf(column.Name);
        if (same >= 0 && same != index)
        {
            throw new ArgumentException($"DataFrame already contains a column called {column.Name}", nameof(column));
        }
    }
}
