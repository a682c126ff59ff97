namespace EE569.Engine.Data;

/// <summary>What every data set must satisfy.</summary>
internal static class DataCheck
{
    public static void Rows(int features, int targets)
    {
        if (features != targets)
        {
            throw new ArgumentException($"There are {features} rows of features but {targets} targets.");
        }

        if (features == 0)
        {
            throw new ArgumentException("The data has no row.");
        }
    }

    public static void Finite<T>(ReadOnlySpan<T> features, long row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // A finite sum proves that all are finite; an infinite one may also be an overflow, so the elements decide.
        if (T.IsFinite(TensorPrimitives.Sum(features)))
        {
            return;
        }

        for (int i = 0; i < features.Length; i++)
        {
            if (!T.IsFinite(features[i]))
            {
                throw new ArgumentException($"Row {row}: feature at position {i} is {features[i]}; replace or remove values that are not finite.");
            }
        }
    }
}
