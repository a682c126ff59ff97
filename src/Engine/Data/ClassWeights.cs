namespace EE569.Engine.Data;

/// <summary>Ways to weigh classes.</summary>
public static class ClassWeights
{
    /// <summary>Weights that give every class the same total: n / (k count), with k the number of classes that occur; 0 for a class that does not.</summary>
    /// <param name="labels">Class of each row, from 0.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is outside the classes.</exception>
    public static double[] Balanced(ReadOnlySpan<int> labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        var counts = new int[classes];
        foreach (int label in labels)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)classes, nameof(labels));
            counts[label]++;
        }

        int present = counts.Count(count => count > 0);
        double rows = labels.Length;
        return [.. counts.Select(count => count == 0 ? 0 : rows / (present * (double)count))];
    }
}
