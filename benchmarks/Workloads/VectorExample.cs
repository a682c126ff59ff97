using Microsoft.ML.Data;

namespace EE569.Benchmarks.Workloads;

/// <summary>A row of the data views that ML.NET's learners read.</summary>
internal sealed class VectorExample
{
    /// <summary>Whether the class is the second of two.</summary>
    public bool Label { get; set; }

    /// <summary>The class for learners of several, from 0: LoadFromEnumerable adds 1 to a member that becomes a key.</summary>
    public uint Class { get; set; }

    /// <summary>The number of a regression.</summary>
    public float Number { get; set; }

    public VBuffer<float> Features { get; set; }

    /// <summary>The types of the columns.</summary>
    public static SchemaDefinition Schema(int features, int classes)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(VectorExample));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        schema[nameof(Class)].ColumnType = new KeyDataViewType(typeof(uint), Math.Max(2, classes));
        return schema;
    }
}
