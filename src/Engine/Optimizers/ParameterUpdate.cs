using System.Numerics;
using System.Runtime.InteropServices;

namespace EE569.Engine.Optimizers;

/// <summary>What an optimiser sees of one parameter at one step.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct ParameterUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Span<T> values;
    private readonly ReadOnlySpan<T> gradient;
    private readonly T[][] slots;

    internal ParameterUpdate(Span<T> values, ReadOnlySpan<T> gradient, T[][] slots, double learningRate, long step)
    {
        this.values = values;
        this.gradient = gradient;
        this.slots = slots;
        (LearningRate, Step) = (learningRate, step);
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
        Span<T> slot0 = slots.Length > 0 ? slots[0] : [];
        Span<T> slot1 = slots.Length > 1 ? slots[1] : [];
        int whole = values.Length - values.Length % Vector<T>.Count;
        Run(rule, values[..whole], gradient[..whole], Head(slot0, whole), Head(slot1, whole));
        if (whole < values.Length)
        {
            RunPadded(rule, whole, slot0, slot1);
        }
    }

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
    private void RunPadded<TRule>(TRule rule, int first, Span<T> slot0, Span<T> slot1) where TRule : struct, IUpdateRule<T>
    {
        Vector<T> w = Load(values[first..]);
        Vector<T> s0 = Load(slot0.IsEmpty ? slot0 : slot0[first..]);
        Vector<T> s1 = Load(slot1.IsEmpty ? slot1 : slot1[first..]);
        rule.Update(Load(gradient[first..]), ref w, ref s0, ref s1);
        Store(w, values[first..]);
        Store(s0, slot0.IsEmpty ? slot0 : slot0[first..]);
        Store(s1, slot1.IsEmpty ? slot1 : slot1[first..]);
    }

    private static Span<T> Head(Span<T> slot, int length) => slot.IsEmpty ? slot : slot[..length];

    private static Vector<T> Load(ReadOnlySpan<T> source)
    {
        Vector<T> vector = default;
        source.CopyTo(Elements(ref vector));
        return vector;
    }

    private static void Store(Vector<T> vector, Span<T> target) => Elements(ref vector)[..target.Length].CopyTo(target);

    private static Span<T> Elements(ref Vector<T> vector) => MemoryMarshal.CreateSpan(ref System.Runtime.CompilerServices.Unsafe.As<Vector<T>, T>(ref vector), Vector<T>.Count);
}
