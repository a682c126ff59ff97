using System.Runtime.InteropServices;

namespace EE569.Engine.Optimizers;

/// <summary>What an optimiser sees of one parameter at one step.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct ParameterUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Span<T> _values;
    private readonly ReadOnlySpan<T> _gradient;
    private readonly Span<T> _slot0;
    private readonly Span<T> _slot1;
    private readonly ReadOnlySpan<ElementRun> _runs;
    private readonly bool _isPartial;

    /// <summary>All spans hold as many elements, but for slots that are not used, which hold none.</summary>
    internal ParameterUpdate(Span<T> values, ReadOnlySpan<T> gradient, Span<T> slot0, Span<T> slot1, double learningRate, double decayFactor, long step)
    {
        _values = values;
        _gradient = gradient;
        _slot0 = slot0;
        _slot1 = slot1;
        (LearningRate, DecayFactor, Step) = (learningRate, decayFactor, step);
    }

    private ParameterUpdate(ParameterUpdate<T> whole, int first, int length)
        : this(
            whole._values.Slice(first, length), whole._gradient.Slice(first, length), Part(whole._slot0, first, length), Part(whole._slot1, first, length),
            whole.LearningRate, whole.DecayFactor, whole.Step)
    {
    }

    private ParameterUpdate(ParameterUpdate<T> row, ReadOnlySpan<ElementRun> runs)
    {
        this = row;
        _runs = runs;
        _isPartial = true;
    }

    /// <summary>The rate of this step, after the schedule and with the factor of the parameter's group.</summary>
    public double LearningRate { get; }

    /// <summary>What a decoupled decay is multiplied by in this step: its schedule times the factor of the parameter's group.</summary>
    public double DecayFactor { get; }

    /// <summary>Number of this step, from 1.</summary>
    public long Step { get; }

    /// <summary>Applies a rule to every element in a single vectorised pass.</summary>
    /// <typeparam name="TRule">The rule; a struct, so that the loop is compiled for it.</typeparam>
    /// <param name="rule">The rule.</param>
    public void Apply<TRule>(TRule rule) where TRule : struct, IUpdateRule<T>
    {
        if (!_isPartial)
        {
            Run(rule, 0, _values.Length);
            return;
        }

        foreach (ElementRun run in _runs)
        {
            Run(rule, run.First, run.Length);
        }
    }

    /// <summary>The update of neighbouring elements.</summary>
    internal ParameterUpdate<T> Of(int first, int length) => new(this, first, length);

    /// <summary>The update of some runs of elements; the others have gradient 0.</summary>
    internal ParameterUpdate<T> Of(ReadOnlySpan<ElementRun> chosen) => new(this, chosen);

    private void Run<TRule>(TRule rule, int first, int length) where TRule : struct, IUpdateRule<T>
    {
        int end = first + length, whole = end - length % Vector<T>.Count;
        bool hasSlot0 = !_slot0.IsEmpty, hasSlot1 = !_slot1.IsEmpty;
        Vector<T> unused = default;
        for (int i = first; i < whole; i += Vector<T>.Count)
        {
            ref Vector<T> s0 = ref hasSlot0 ? ref VectorAt(_slot0, i) : ref unused;
            ref Vector<T> s1 = ref hasSlot1 ? ref VectorAt(_slot1, i) : ref unused;
            rule.Update(VectorAt(_gradient, i), ref VectorAt(_values, i), ref s0, ref s1);
        }

        if (whole < end)
        {
            RunPadded(rule, whole, end - whole);
        }
    }

    /// <summary>The vector that begins at an element; the caller has checked that the span holds it.</summary>
    private static ref Vector<T> VectorAt(ReadOnlySpan<T> elements, int first) =>
        ref Unsafe.As<T, Vector<T>>(ref Unsafe.Add(ref MemoryMarshal.GetReference(elements), first));

    /// <summary>The last elements, fewer than a vector, go through the same rule in padded copies.</summary>
    private void RunPadded<TRule>(TRule rule, int first, int length) where TRule : struct, IUpdateRule<T>
    {
        Vector<T> w = Load(_values.Slice(first, length));
        Vector<T> s0 = Load(Part(_slot0, first, length));
        Vector<T> s1 = Load(Part(_slot1, first, length));
        rule.Update(Load(_gradient.Slice(first, length)), ref w, ref s0, ref s1);
        Store(w, _values.Slice(first, length));
        Store(s0, Part(_slot0, first, length));
        Store(s1, Part(_slot1, first, length));
    }

    private static Span<T> Part(Span<T> slot, int first, int length) => slot.IsEmpty ? slot : slot.Slice(first, length);

    private static Vector<T> Load(ReadOnlySpan<T> source)
    {
        Vector<T> vector = default;
        source.CopyTo(Elements(ref vector));
        return vector;
    }

    private static void Store(Vector<T> vector, Span<T> target) => Elements(ref vector)[..target.Length].CopyTo(target);

    private static Span<T> Elements(ref Vector<T> vector) => MemoryMarshal.CreateSpan(ref Unsafe.As<Vector<T>, T>(ref vector), Vector<T>.Count);
}
