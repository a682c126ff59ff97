using System.Globalization;
using System.Reflection;

namespace EE569.Trainers.Internals;

/// <summary>The names of classes: the values behind the keys of a label, as text that is the same for a number of any type.</summary>
internal static class ClassNames
{
    private const string Kind = "KeyValues";

    private static readonly MethodInfo Reader = typeof(ClassNames).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The name of each class in the order of the keys; null where the keys stand for nothing but themselves.</summary>
    /// <param name="label">A key column.</param>
    public static string[]? Of(DataViewSchema.Column label) =>
        TypeOf(label) is { } type ? (string[])Reader.MakeGenericMethod(type).Invoke(null, [label])! : null;

    /// <summary>The type of the values behind the keys of a column; null where there are none.</summary>
    public static Type? TypeOf(DataViewSchema.Column label) => (label.Annotations.Schema.GetColumnOrNull(Kind)?.Type as VectorDataViewType)?.ItemType.RawType;

    /// <summary>The place of each of our classes among others; null where it is the same for all.</summary>
    /// <param name="ours">Our names in order; null for unnamed ones.</param>
    /// <param name="others">The others' names in order; null for unnamed ones.</param>
    /// <param name="column">Ours in a message, such as "Column 'Label' of the validation data".</param>
    /// <param name="other">The others in it, such as "that of the training data".</param>
    /// <exception cref="ArgumentException">The names do not tell which of the others each of our classes is.</exception>
    public static int[]? Map(IReadOnlyList<string>? ours, IReadOnlyList<string>? others, string column, string other)
    {
        if (ours is null || others is null)
        {
            return ours is null && others is null ? null : throw Error(ours is null ? $"has no names for its classes, {other} has" : $"has names for its classes, {other} has none");
        }

        if (ours.SequenceEqual(others))
        {
            return null;
        }

        if (ours.Distinct().Count() < ours.Count || others.Distinct().Count() < others.Count)
        {
            throw Error($"or {other} has two classes of one name");
        }

        var places = others.Select((name, place) => (name, place)).ToDictionary(known => known.name, known => known.place, StringComparer.Ordinal);
        return [.. ours.Select(name => places.TryGetValue(name, out int place) ? place : throw Error($"has a class '{name}', {other} has none of that name"))];

        ArgumentException Error(string problem) => new($"{column} {problem}: prepare both with the same fitted transformers.");
    }

    /// <summary>The values behind the keys of a column that has them.</summary>
    public static IEnumerable<T> Values<T>(DataViewSchema.Column label)
    {
        VBuffer<T> values = default;
        label.Annotations.GetValue(Kind, ref values);
        return values.DenseValues();
    }

    private static string[] Read<T>(DataViewSchema.Column label) =>
        [.. Values<T>(label).Select(value => value is ReadOnlyMemory<char> text ? text.ToString() : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];
}
