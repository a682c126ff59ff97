namespace EE569.Engine.Random;

/// <summary>
/// The seeded generator behind everything random. A stream is a pure function of a seed and a few numbers that name it (epoch, step, layer …),
/// so a resumed training draws the same numbers without any saved state, and no draw depends on threads.
/// </summary>
/// <param name="seed">Any value; equal seeds give equal streams on every machine.</param>
/// <remarks>Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014): period 2^64, passes BigCrush.</remarks>
public struct SplitMix64(ulong seed)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>An independent stream for a purpose.</summary>
    /// <param name="seed">The seed of the whole.</param>
    /// <param name="path">Numbers that name the stream, for instance the epoch.</param>
    public static SplitMix64 Derive(ulong seed, params ReadOnlySpan<ulong> path)
    {
        ulong mixed = Mix(seed + GoldenGamma);
        foreach (ulong part in path)
        {
            mixed = Mix(mixed ^ Mix(part + GoldenGamma));
        }

        return new SplitMix64(mixed);
    }

    /// <summary>The next 64 bits.</summary>
    public ulong NextUInt64() => Mix(_state += GoldenGamma);

    /// <summary>Passes over so many draws of 64 bits.</summary>
    internal void Skip(long draws) => _state += (ulong)draws * GoldenGamma;

    /// <summary>The next integer from 0 up to, not including, the limit, without bias.</summary>
    /// <param name="exclusiveMaximum">The limit, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public int NextInt32(int exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMaximum);

        // Lemire (2019): the high half of a product is uniform once the few short low halves are rejected.
        uint range = (uint)exclusiveMaximum;
        ulong product;
        do
        {
            product = (NextUInt64() >> 32) * range;
        }
        while ((uint)product < (0u - range) % range);
        return (int)(product >> 32);
    }

    /// <summary>The next number in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>The next draw from the standard normal distribution (Box and Muller, 1958).</summary>
    public double NextGaussian()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Puts the items into a uniformly random order (Fisher and Yates).</summary>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <param name="items">The items.</param>
    public void Shuffle<TItem>(Span<TItem> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt32(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>Sets each item to 0 with a probability, else to a value: where <see cref="NextDouble"/>, drawn for one item after the other, is below it.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="probability">In [0, 1].</param>
    /// <param name="value">The value.</param>
    internal void FillOrDrop<T>(Span<T> items, double probability, T value) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The i-th draw from here is Mix(state + i gamma), so a register of them needs no draw before; k 2^-53 < p is k < ceil(p 2^53) for whole k.
        ulong limit = (ulong)Math.Ceiling(probability * (1L << 53));
        int i = 0;
        for (; i <= items.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<ulong> dropped = Below(limit);
            Vector<T> mask = typeof(T) == typeof(double) ? dropped.As<ulong, T>() : Vector.Narrow(dropped, Below(limit)).As<uint, T>();
            Vector.AndNot(Vector.Create(value), mask).CopyTo(items[i..]);
        }

        for (; i < items.Length; i++)
        {
            items[i] = NextUInt64() >> 11 < limit ? T.Zero : value;
        }
    }

    /// <summary>The next draws of 53 bits that are below a limit.</summary>
    private Vector<ulong> Below(ulong limit)
    {
        Vector<ulong> z = Vector.Create(_state + GoldenGamma) + Vector<ulong>.Indices * GoldenGamma;
        _state += (ulong)Vector<ulong>.Count * GoldenGamma;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EB;
        return Vector.LessThan((z ^ (z >>> 31)) >>> 11, Vector.Create(limit));
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
