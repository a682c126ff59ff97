using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>What is known of a schema before any data is seen.</summary>
public sealed class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private readonly Column[] _columns;

    public SchemaShape(IEnumerable<Column> columns) => _columns = [.. columns];

    public int Count => _columns.Length;

    internal static SchemaShape Empty { get; } = new([]);

    public Column this[int index] => _columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The shape of the visible columns of a schema.</summary>
    internal static SchemaShape Create(DataViewSchema schema) => new(
        from column in schema
        where !column.IsHidden
        select new Column(column.Name, KindOf(column.Type), ItemOf(column.Type), column.Type.ItemType() is KeyDataViewType, Create(column.Annotations.Schema)));

    internal bool TryFindColumn(string name, out Column column)
    {
        int index = Array.FindIndex(_columns, candidate => candidate.Name == name);
        column = index < 0 ? default : _columns[index];
        return index >= 0;
    }

    /// <summary>This shape with columns replaced by name or appended.</summary>
    internal SchemaShape With(params IEnumerable<Column> columns)
    {
        List<Column> result = [.. _columns];
        foreach (Column column in columns)
        {
            int index = result.FindIndex(candidate => candidate.Name == column.Name);
            if (index < 0)
            {
                result.Add(column);
            }
            else
            {
                result[index] = column;
            }
        }

        return new(result);
    }

    private static Column.VectorKind KindOf(DataViewType type) =>
        type is not VectorDataViewType vector ? Column.VectorKind.Scalar
        : vector.IsKnownSize ? Column.VectorKind.Vector
        : Column.VectorKind.VariableVector;

    private static DataViewType ItemOf(DataViewType type) =>
        type.ItemType() is KeyDataViewType key ? NumberDataViewType.FromType(key.RawType)! : type.ItemType();

    public readonly struct Column
    {
        public readonly string Name;
        public readonly VectorKind Kind;
        public readonly DataViewType ItemType;
        public readonly bool IsKey;
        public readonly SchemaShape Annotations;

        internal Column(string name, VectorKind kind, DataViewType itemType, bool isKey, [AllowNull] SchemaShape annotations = null)
        {
            Name = name;
            Kind = kind;
            ItemType = itemType;
            IsKey = isKey;
            Annotations = annotations ?? Empty;
        }

        internal string TypeString
        {
            get
            {
                string item = IsKey ? $"Key<{ItemType}>" : $"{ItemType}";
                return Kind switch { VectorKind.Scalar => item, VectorKind.Vector => $"Vector<{item}>", _ => $"VarVector<{item}>" };
            }
        }

        internal bool HasSlotNames => Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out _);

        internal Column Renamed(string name) => new(name, Kind, ItemType, IsKey, Annotations);

        /// <summary>Whether <paramref name="source"/> can be used where this column is required.</summary>
        internal bool IsCompatibleWith(Column source)
        {
            if (Name != source.Name || Kind != source.Kind || !ItemType.Equals(source.ItemType) || IsKey != source.IsKey)
            {
                return false;
            }

            foreach (Column required in Annotations)
            {
                if (!source.Annotations.TryFindColumn(required.Name, out Column found) || !required.IsCompatibleWith(found))
                {
                    return false;
                }
            }

            return true;
        }

        public enum VectorKind
        {
            Scalar,
            Vector,
            VariableVector,
        }
    }
}
