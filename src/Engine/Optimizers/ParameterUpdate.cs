using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EE569.Engine.Optimizers;

/// <summary>What an optimiser sees of one parameter at one step.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct ParameterUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Span<T> values;
    private readonly ReadOnlySpan<T> gradient;
    private readonly Span<T> slot0;
    private readonly Span<T> slot1;
    private readonly ReadOnlySpan<int> elements;
    private readonly bool isPartial;

    internal ParameterUpdate(Span<T> values, ReadOnlySpan<T> gradient, Span<T> slot0, Span<T> slot1, double learningRate, long step)
    {
        this.values = values;
        this.gradient = gradient;
        this.slot0 = slot0;
        this.slot1 = slot1;
        (LearningRate, Step) = (learningRate, step);
    }

    private ParameterUpdate(ParameterUpdate<T> whole, int first, int length, ReadOnlySpan<int> elements)
        : this(whole.values.Slice(first, length), whole.gradient.Slice(first, length), Part(whole.slot0, first, length), Part(whole.slot1, first, length), whole.LearningRate, whole.Step)
    {
        this.elements = elements;
        isPartial = true;
    }

    /// <summary>The rate of this step, after the schedule.</summary>
    public double LearningRate { get; }

    /// <summary>Number of this step, from 1.</summary>
    public long Step { get; }

    /// <summary>Applies a rule to every element in a single vectorised pass.</summary>
    /// <typeparam name="TRule">The rule; a struct, so that the loop is compiled for it.</typeparam>
    /// <param name="rule">The rule.</param>
    public void Apply<TRule>(TRule rule) where TRule : struct, IUpdateRule<T>
    {
        if (isPartial)
        {
            RunPartial(rule);
            return;
        }

        int whole = values.Length - values.Length % Vector<T>.Count;
        Run(rule, values[..whole], gradient[..whole], Part(slot0, 0, whole), Part(slot1, 0, whole));
        if (whole < values.Length)
        {
            RunPadded(rule, whole);
        }
    }

    /// <summary>The update of some elements of a run of the parameter; the others have gradient 0.</summary>
    internal ParameterUpdate<T> Of(int first, int length, ReadOnlySpan<int> chosen) => new(this, first, length, chosen);

    private static void Run<TRule>(TRule rule, Span<T> values, ReadOnlySpan<T> gradient, Span<T> slot0, Span<T> slot1)
        where TRule : struct, IUpdateRule<T>
    {
        Span<Vector<T>> w = MemoryMarshal.Cast<T, Vector<T>>(values);
        ReadOnlySpan<Vector<T>> g = MemoryMarshal.Cast<T, Vector<T>>(gradient);
        Span<Vector<T>> s0 = MemoryMarshal.Cast<T, Vector<T>>(slot0);
        Span<Vector<T>> s1 = MemoryMarshal.Cast<T, Vector<T>>(slot1);
        Vector<T> unused = default;
        if (!s1.IsEmpty)
        {
            for (int i = 0; i < w.Length; i++)
            {
                rule.Update(g[i], ref w[i], ref s0[i], ref s1[i]);
            }
        }
        else if (!s0.IsEmpty)
        {
            for (int i = 0; i < w.Length; i++)
            {
                rule.Update(g[i], ref w[i], ref s0[i], ref unused);
            }
        }
        else
        {
            for (int i = 0; i < w.Length; i++)
            {
                rule.Update(g[i], ref w[i], ref unused, ref unused);
            }
        }
    }

    /// <summary>The last elements, fewer than a vector, go through the same rule in padded copies.</summary>
    private void RunPadded<TRule>(TRule rule, int first) where TRule : struct, IUpdateRule<T>
    {
        Vector<T> w = Load(values[first..]);
        Vector<T> s0 = Load(slot0.IsEmpty ? slot0 : slot0[first..]);
        Vector<T> s1 = Load(slot1.IsEmpty ? slot1 : slot1[first..]);
        rule.Update(Load(gradient[first..]), ref w, ref s0, ref s1);
        Store(w, values[first..]);
        Store(s0, slot0.IsEmpty ? slot0 : slot0[first..]);
        Store(s1, slot1.IsEmpty ? slot1 : slot1[first..]);
    }

    /// <summary>The chosen elements are gathered into vectors and scattered again: the same rule, hence the same bits.</summary>
    private void RunPartial<TRule>(TRule rule) where TRule : struct, IUpdateRule<T>
    {
        for (ReadOnlySpan<int> rest = elements; !rest.IsEmpty;)
        {
            ReadOnlySpan<int> chosen = rest[..Math.Min(rest.Length, Vector<T>.Count)];
            rest = rest[chosen.Length..];
            Vector<T> w = Gather(values, chosen);
            Vector<T> s0 = Gather(slot0, chosen);
            Vector<T> s1 = Gather(slot1, chosen);
            rule.Update(Gather(gradient, chosen), ref w, ref s0, ref s1);
            Scatter(w, values, chosen);
            Scatter(s0, slot0, chosen);
            Scatter(s1, slot1, chosen);
        }
    }

    private static Vector<T> Gather(ReadOnlySpan<T> source, ReadOnlySpan<int> chosen)
    {
        Vector<T> vector = default;
        if (!source.IsEmpty)
        {
            Span<T> lanes = Lanes(ref vector);
            for (int i = 0; i < chosen.Length; i++)
            {
                lanes[i] = source[chosen[i]];
            }
        }

        return vector;
    }

    private static void Scatter(Vector<T> vector, Span<T> target, ReadOnlySpan<int> chosen)
    {
        if (!target.IsEmpty)
        {
            Span<T> lanes = Lanes(ref vector);
            for (int i = 0; i < chosen.Length; i++)
            {
                target[chosen[i]] = lanes[i];
            }
        }
    }

    private static Span<T> Part(Span<T> slot, int first, int length) => slot.IsEmpty ? slot : slot.Slice(first, length);

    private static Vector<T> Load(ReadOnlySpan<T> source)
    {
        Vector<T> vector = default;
        source.CopyTo(Lanes(ref vector));
        return vector;
    }

    private static void Store(Vector<T> vector, Span<T> target) => Lanes(ref vector)[..target.Length].CopyTo(target);

    private static Span<T> Lanes(ref Vector<T> vector) => MemoryMarshal.CreateSpan(ref Unsafe.As<Vector<T>, T>(ref vector), Vector<T>.Count);
}
