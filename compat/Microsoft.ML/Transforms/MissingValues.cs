namespace Microsoft.ML.Transforms;

/// <summary>Which value of a type stands for a missing one: NaN, and empty text. Whole numbers and booleans have none.</summary>
internal static class MissingValues
{
    public static bool IsMissing<T>(T value) => value switch
    {
        float number => float.IsNaN(number),
        double number => double.IsNaN(number),
        ReadOnlyMemory<char> text => text.IsEmpty,
        _ => false,
    };

    public static T Of<T>() => default(T) switch
    {
        float => (T)(object)float.NaN,
        double => (T)(object)double.NaN,
        _ => default!,
    };
}
