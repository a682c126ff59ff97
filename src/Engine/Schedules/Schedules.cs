namespace EE569.Engine.Schedules;

/// <summary>Learning-rate schedules and the ways to join them. With t the step, N their total and p = t / N the progress.</summary>
public static class Schedules
{
    /// <summary>The base rate throughout.</summary>
    public static Schedule Constant { get; } = (_, _) => 1;

    /// <summary>1 / (1 + decay t).</summary>
    /// <param name="decay">Decay a step.</param>
    public static Schedule TimeBased(double decay) => (t, _) => 1 / (1 + decay * t);

    /// <summary>factor^floor(t / every).</summary>
    /// <param name="every">Number of steps at one rate, from 1.</param>
    /// <param name="factor">What each drop multiplies the rate by.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is not positive.</exception>
    public static Schedule StepDecay(long every, double factor = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
        return (t, _) => Math.Pow(factor, t / every);
    }

    /// <summary>factor^t.</summary>
    /// <param name="factor">What each step multiplies the rate by, slightly below 1.</param>
    public static Schedule Exponential(double factor) => (t, _) => Math.Pow(factor, t);

    /// <summary>(1 - p)^power; linear for power 1.</summary>
    /// <param name="power">The exponent.</param>
    public static Schedule Polynomial(double power = 1) => (t, n) => Math.Pow(1 - Progress(t, n), power);

    /// <summary>Half a cosine from 1 down to the final factor (Loshchilov and Hutter, 2017).</summary>
    /// <param name="final">Factor at the end.</param>
    public static Schedule Cosine(double final = 0) => (t, n) => Anneal(1, final, Progress(t, n));

    /// <summary>1 over the flat share, then half a cosine down to 0 (RealMLP's "flat_cos", Holzmüller et al., 2024).</summary>
    /// <param name="flat">Share of the training before the fall, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside [0, 1).</exception>
    public static Schedule FlatCosine(double flat = 0.5)
    {
        if (!(flat is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(flat), flat, "The flat share must be in [0, 1).");
        }

        return (t, n) => Anneal(1, 0, Math.Max(0, Progress(t, n) - flat) / (1 - flat));
    }

    /// <summary>(1 - cos(2 pi log2(1 + (2^cycles - 1) p))) / 2: cycles that double in length, each from 0 up to 1 and back (RealMLP, Holzmüller et al., 2024).</summary>
    /// <param name="cycles">Number of cycles.</param>
    public static Schedule CosineLog(int cycles = 4) =>
        (t, n) => 0.5 * (1 - Math.Cos(2 * Math.PI * Math.Log2(1 + (Math.Pow(2, cycles) - 1) * Progress(t, n))));

    /// <summary>
    /// Half a cosine up from 1 / initialDivisor to 1, then one down to 1 / (initialDivisor finalDivisor) (Smith, 2018); the peak and the
    /// end fall on steps warmUp N - 1 and N - 1, as in PyTorch.
    /// </summary>
    /// <param name="warmUp">Share of the steps on the way up, in (0, 1).</param>
    /// <param name="initialDivisor">Peak over initial rate.</param>
    /// <param name="finalDivisor">Initial over final rate.</param>
    public static Schedule OneCycle(double warmUp = 0.3, double initialDivisor = 25, double finalDivisor = 1e4) => (t, n) =>
    {
        (double peak, double end) = (warmUp * n - 1, n - 1);
        return t <= peak
            ? Anneal(1 / initialDivisor, 1, peak <= 0 ? 1 : t / peak)
            : Anneal(1, 1 / (initialDivisor * finalDivisor), end <= peak ? 1 : (t - peak) / (end - peak));
    };

    /// <summary>Rises linearly over the first steps, (t + 1) / steps, then follows another schedule over the rest.</summary>
    /// <param name="steps">Length of the rise.</param>
    /// <param name="then">What follows; it sees the remaining steps only.</param>
    public static Schedule WarmUp(long steps, Schedule then)
    {
        ArgumentNullException.ThrowIfNull(then);
        return (t, n) => t < steps ? (t + 1.0) / steps : then(t - steps, n - steps);
    }

    /// <summary>Follows a schedule, then falls linearly from its last factor to 0 over the last steps.</summary>
    /// <param name="steps">Length of the fall.</param>
    /// <param name="before">What comes before; it sees the steps before the fall only.</param>
    public static Schedule CoolDown(long steps, Schedule before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return (t, n) => t < n - steps
            ? before(t, n - steps)
            : before(Math.Max(0, n - steps - 1), Math.Max(1, n - steps)) * (n - t) / (steps + 1.0);
    }

    /// <summary>Schedules one after another, each over its share of the steps and from its own beginning.</summary>
    /// <param name="parts">Shares that sum to 1, and what to follow over them.</param>
    /// <exception cref="ArgumentException">The shares do not sum to 1, or one is not positive.</exception>
    public static Schedule Join(params ReadOnlySpan<(double Share, Schedule Schedule)> parts)
    {
        (double Share, Schedule Schedule)[] all = parts.ToArray();
        if (all.Any(part => !(part.Share > 0)) || Math.Abs(all.Sum(part => part.Share) - 1) > 1e-9)
        {
            throw new ArgumentException("The shares must be positive and sum to 1.", nameof(parts));
        }

        return (t, n) =>
        {
            double share = 0;
            long first = 0;
            foreach ((double part, Schedule schedule) in all)
            {
                share += part;
                long last = (long)Math.Round(share * n);
                if (t < last)
                {
                    return schedule(t - first, last - first);
                }

                first = last;
            }

            (double lastShare, Schedule final) = all[^1];
            long length = n - (long)Math.Round((1 - lastShare) * n);
            return final(length, length);
        };
    }

    private static double Progress(long step, long totalSteps) => totalSteps <= 0 ? 1 : Math.Min(1, (double)step / totalSteps);

    private static double Anneal(double from, double to, double progress) => to + (from - to) * 0.5 * (1 + Math.Cos(Math.PI * progress));
}
