namespace Microsoft.ML.Data;

/// <summary>The number of categories of a key column.</summary>
public sealed class KeyCount
{
    public ulong? Count;

    /// <summary>As many as the type can hold.</summary>
    public KeyCount()
    {
    }

    public KeyCount(ulong count) => Count = count;
}
