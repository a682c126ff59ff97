namespace Microsoft.ML.Data;

/// <summary>A 128-bit row identity, kept by filters and shuffles.</summary>
public readonly struct DataViewRowId(ulong low, ulong high) : IEquatable<DataViewRowId>
{
    public readonly ulong Low = low;

    public readonly ulong High = high;

    public static bool operator ==(DataViewRowId first, DataViewRowId second) => first.Equals(second);

    public static bool operator !=(DataViewRowId first, DataViewRowId second) => !first.Equals(second);

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object? obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public override string ToString() => $"{High:x16}{Low:x16}";
}
