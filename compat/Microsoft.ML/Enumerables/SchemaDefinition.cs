using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>How the members of a class map to columns; made from its attributes, adjustable before use.</summary>
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition(IEnumerable<Column> columns) : base(columns)
    {
    }

    public Column this[string columnName]
    {
        get => Find(column => column.ColumnName == columnName)!;
        set
        {
            int index = FindIndex(column => column.ColumnName == columnName);
            if (index < 0)
            {
                Add(value);
            }
            else
            {
                this[index] = value;
            }
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        ArgumentNullException.ThrowIfNull(userType);
        List<Column> columns = [];
        foreach (MemberInfo member in Members(userType, direction))
        {
            if (member.IsDefined(typeof(NoColumnAttribute)))
            {
                continue;
            }

            string name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
            if (columns.Exists(column => column.ColumnName == name))
            {
                throw new ArgumentOutOfRangeException(nameof(userType), $"Duplicate column name '{name}' detected, this is disallowed");
            }

            columns.Add(new(member.Name, name, TypeOf(member)));
        }

        return new(columns);
    }

    /// <summary>The class's definition with the types and annotations that a schema gives its columns.</summary>
    internal static SchemaDefinition Create(Type userType, DataViewSchema schema)
    {
        SchemaDefinition definition = Create(userType, Direction.Read);
        foreach (Column column in definition)
        {
            if (schema.GetColumnOrNull(column.ColumnName) is { } known)
            {
                column.Adopt(known);
            }
        }

        return definition;
    }

    internal static Type ClrType(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    /// <summary>The type of a vector member's items, or the member's type itself.</summary>
    internal static Type ItemType(Type type) =>
        type.IsArray ? type.GetElementType()!
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>) ? type.GenericTypeArguments[0]
        : type;

    private static IEnumerable<MemberInfo> Members(Type type, Direction direction)
    {
        const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;
        IEnumerable<MemberInfo> properties = type.GetProperties(Public).Where(property => property.GetIndexParameters().Length == 0
            && ((direction.HasFlag(Direction.Read) && property.GetMethod is { IsPublic: true })
                || (direction.HasFlag(Direction.Write) && property.SetMethod is { IsPublic: true })));
        return type.GetFields(Public).Concat(properties);
    }

    private static DataViewType TypeOf(MemberInfo member)
    {
        Type clrType = ClrType(member);
        Type itemType = ItemType(clrType);
        PrimitiveDataViewType? item = DataViewTypes.PrimitiveFromClr(itemType);
        if (item is null)
        {
            throw new ArgumentOutOfRangeException("rawType", $"Could not determine an IDataView type and registered custom types for member {member.Name}");
        }

        if (member.GetCustomAttribute<KeyTypeAttribute>() is { } key)
        {
            if (!KeyDataViewType.IsValidDataType(item.RawType))
            {
                throw new ArgumentOutOfRangeException("userType", $"Member {member.Name} marked with KeyType attribute, but does not appear to be a valid kind of data for a key type");
            }

            item = new KeyDataViewType(item.RawType, key.Count);
        }

        VectorTypeAttribute? vector = member.GetCustomAttribute<VectorTypeAttribute>();
        return clrType != itemType ? new VectorDataViewType(item, vector?.Dimensions ?? [0])
            : vector is null ? item
            : throw new ArgumentOutOfRangeException("userType", $"Member {member.Name} marked with VectorTypeAttribute, but does not appear to be a vector type");
    }

    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    public sealed class Column
    {
        private DataViewSchema.Annotations _annotations = DataViewSchema.Annotations.Empty;

        internal Column(string memberName, string columnName, DataViewType columnType)
        {
            MemberName = memberName;
            ColumnName = columnName;
            ColumnType = columnType;
        }

        public string MemberName { get; }

        public string ColumnName { get; set; }

        public DataViewType ColumnType { get; set; }

        public DataViewSchema.Annotations Annotations => _annotations;

        internal void Adopt(DataViewSchema.Column column) => (ColumnType, _annotations) = (column.Type, column.Annotations);

        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            DataViewSchema.Annotations.Builder builder = new();
            builder.Add(_annotations, existing => existing != kind);
            builder.Add(kind, annotationType, (ref T destination) => destination = value);
            _annotations = builder.ToAnnotations();
        }
    }
}
