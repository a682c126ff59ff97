using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Support;

/// <summary>A schema as text lines with every type and annotation.</summary>
internal static class SchemaText
{
    public static string[] Of(DataViewSchema schema) =>
        [.. schema.SelectMany(column => new[] { $"{column.Name} {column.Type} hidden={column.IsHidden}" }
            .Concat(column.Annotations.Schema.OrderBy(kind => kind.Name).Select(kind => $"  {kind.Name} {kind.Type} {Value(column.Annotations, kind)}")))];

    public static string[] Of(SchemaShape shape) =>
        [.. shape.OrderBy(column => column.Name).SelectMany(column => new[] { Line(column) }.Concat(column.Annotations.OrderBy(a => a.Name).Select(a => "  " + Line(a))))];

    private static string Line(SchemaShape.Column column) => $"{column.Name} {column.Kind} {column.ItemType} key={column.IsKey}";

    private static string Value(DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        if (kind.Type is VectorDataViewType vector)
        {
            return vector.ItemType is TextDataViewType
                ? $"[{string.Join(", ", Get<VBuffer<ReadOnlyMemory<char>>>().DenseValues())}]"
                : $"[{string.Join(", ", Get<VBuffer<int>>().DenseValues())}]";
        }

        if (kind.Type is TextDataViewType)
        {
            return Get<ReadOnlyMemory<char>>().ToString();
        }

        return kind.Type is BooleanDataViewType ? Get<bool>().ToString() : Get<uint>().ToString(CultureInfo.InvariantCulture);

        T Get<T>()
        {
            T value = default!;
            annotations.GetValue(kind.Name, ref value);
            return value;
        }
    }
}
