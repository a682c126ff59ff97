namespace EE569.Trainers.Preparation;

/// <summary>Centre and width of numbers, which outliers do not move: the median and the distance of the quartiles.</summary>
internal static class NumberScale
{
    /// <summary>Beyond this many widths a number, infinity too, counts as this many; the bend makes 2.9999 of it.</summary>
    public const float Limit = 1000;

    /// <summary>Values bend to (-Bend, Bend).</summary>
    public const float Bend = 3;

    /// <param name="values">Values, which get sorted; at least one.</param>
    /// <param name="min">The smallest of all values.</param>
    /// <param name="max">The largest.</param>
    /// <returns>The median and q75 - q25, or (max - min) / 2 where the quartiles are equal, or 1 for a constant.</returns>
    public static (float Center, float Width) Of(Span<float> values, float min, float max)
    {
        values.Sort();
        float center = Quantile(values, 0.5), width = Quantile(values, 0.75) - Quantile(values, 0.25);
        return Storable(center, width > 0 ? width : (max / 2) - (min / 2));
    }

    /// <summary>Two values become -1 and 1.</summary>
    public static (float Center, float Width) OfTwo(float min, float max) => Storable((min / 2) + (max / 2), (max / 2) - (min / 2));

    // The normalizer holds a number that lies a width above the centre; as Single it must be another number.
    private static (float Center, float Width) Storable(float center, float width)
    {
        if (!(width > 0))
        {
            width = 1;
        }

        float above = center + width;
        return !float.IsFinite(above) ? (0, float.MaxValue) : (center, (above > center ? above : float.BitIncrement(center)) - center);
    }

    private static float Quantile(ReadOnlySpan<float> sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int i = (int)place;
        return i + 1 == sorted.Length ? sorted[i] : (float)double.Lerp(sorted[i], sorted[i + 1], place - i);
    }
}
