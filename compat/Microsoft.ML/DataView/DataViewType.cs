namespace Microsoft.ML.Data;

/// <summary>The type of a column; <see cref="RawType"/> is the CLR type a cursor hands out.</summary>
public abstract class DataViewType : IEquatable<DataViewType>
{
    private protected DataViewType(Type rawType) => RawType = rawType;

    public Type RawType { get; }

    public abstract bool Equals(DataViewType? other);

    public override bool Equals(object? obj) => obj is DataViewType other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(GetType(), RawType);
}

public abstract class StructuredDataViewType : DataViewType
{
    protected StructuredDataViewType(Type rawType) : base(rawType)
    {
    }
}

public abstract class PrimitiveDataViewType : DataViewType
{
    protected PrimitiveDataViewType(Type rawType) : base(rawType)
    {
    }

    public override bool Equals(DataViewType? other) => other is not null && other.GetType() == GetType() && other.RawType == RawType;

    public override string ToString() => RawType.Name;
}
