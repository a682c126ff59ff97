namespace Microsoft.ML.Data;

/// <summary>Schemas, types and annotation values as bytes.</summary>
internal static class SchemaFormat
{
    public static void Write(BinaryWriter writer, DataViewSchema schema)
    {
        DataViewSchema.Column[] columns = [.. schema.Where(column => !column.IsHidden)];
        writer.Write(columns.Length);
        foreach (DataViewSchema.Column column in columns)
        {
            writer.Write(column.Name);
            WriteType(writer, column.Type);
            WriteAnnotations(writer, column.Annotations);
        }
    }

    public static DataViewSchema Read(BinaryReader reader)
    {
        DataViewSchema.Builder builder = new();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            string name = reader.ReadString();
            DataViewType type = ReadType(reader);
            builder.AddColumn(name, type, ReadAnnotations(reader));
        }

        return builder.ToSchema();
    }

    public static void WriteType(BinaryWriter writer, DataViewType type)
    {
        VectorDataViewType? vector = type as VectorDataViewType;
        ValueFormat.WriteArray(writer, [.. vector?.Dimensions ?? []]);

        DataViewType item = type.ItemType();
        writer.Write((item as KeyDataViewType)?.Count ?? 0);
        writer.Write(item.RawType == typeof(ReadOnlyMemory<char>) ? typeof(string).FullName! : item.RawType.FullName!);
    }

    public static DataViewType ReadType(BinaryReader reader)
    {
        int[] dimensions = ValueFormat.ReadArray<int>(reader);
        ulong keyCount = reader.ReadUInt64();
        string typeName = reader.ReadString();
        Type? clrType = typeName == typeof(DataViewRowId).FullName ? typeof(DataViewRowId) : Type.GetType(typeName);
        PrimitiveDataViewType item = (clrType is null ? null : DataViewTypes.PrimitiveFromClr(clrType))
            ?? throw new FormatException($"The model file is corrupt: '{typeName}' is not the type of a column.");
        item = keyCount > 0 ? new KeyDataViewType(item.RawType, keyCount) : item;
        return dimensions.Length > 0 ? new VectorDataViewType(item, dimensions) : item;
    }

    private static void WriteAnnotations(BinaryWriter writer, DataViewSchema.Annotations annotations)
    {
        writer.Write(annotations.Schema.Count);
        foreach (DataViewSchema.Column annotation in annotations.Schema)
        {
            writer.Write(annotation.Name);
            WriteType(writer, annotation.Type);
            Getters.Call<bool>(typeof(SchemaFormat), annotation.Type is VectorDataViewType ? nameof(WriteVector) : nameof(WriteScalar),
                [annotation.Type.ItemType().RawType], writer, annotations, annotation);
        }
    }

    private static DataViewSchema.Annotations ReadAnnotations(BinaryReader reader)
    {
        DataViewSchema.Annotations.Builder builder = new();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            string name = reader.ReadString();
            DataViewType type = ReadType(reader);
            builder.Add(name, type, Getters.Call<Delegate>(typeof(SchemaFormat), type is VectorDataViewType ? nameof(ReadVector) : nameof(ReadScalar),
                [type.ItemType().RawType], reader));
        }

        return builder.ToAnnotations();
    }

    private static bool WriteScalar<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        T value = default!;
        annotations.GetGetter<T>(annotation)(ref value);
        ValueFormat.Write(writer, value);
        return true;
    }

    private static bool WriteVector<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        VBuffer<T> value = default;
        annotations.GetGetter<VBuffer<T>>(annotation)(ref value);
        ValueFormat.WriteVector(writer, value);
        return true;
    }

    private static ValueGetter<T> ReadScalar<T>(BinaryReader reader)
    {
        T value = ValueFormat.Read<T>(reader);
        return (ref T destination) => destination = value;
    }

    private static ValueGetter<VBuffer<T>> ReadVector<T>(BinaryReader reader)
    {
        VBuffer<T> value = ValueFormat.ReadVector<T>(reader);
        return value.CopyTo;
    }
}
