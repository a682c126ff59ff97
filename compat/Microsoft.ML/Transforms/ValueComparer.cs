namespace Microsoft.ML.Transforms;

/// <summary>Equality and order of column values; text by its characters, ordinal.</summary>
internal static class ValueComparer<T>
{
    public static ICombined Instance { get; } = typeof(T) == typeof(ReadOnlyMemory<char>) ? (ICombined)(object)new Text() : new Plain();

    public interface ICombined : IEqualityComparer<T>, IComparer<T>;

    private sealed class Plain : ICombined
    {
        public bool Equals(T? x, T? y) => EqualityComparer<T>.Default.Equals(x, y);

        public int GetHashCode(T value) => value!.GetHashCode();

        public int Compare(T? x, T? y) => Comparer<T>.Default.Compare(x, y);
    }

    private sealed class Text : ValueComparer<ReadOnlyMemory<char>>.ICombined
    {
        public bool Equals(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<char> value) => string.GetHashCode(value.Span);

        public int Compare(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceCompareTo(y.Span);
    }
}
