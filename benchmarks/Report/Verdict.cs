namespace EE569.Benchmarks.Report;

/// <summary>Whether a target is met.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Target">What is wanted.</param>
/// <param name="Measured">What came out.</param>
/// <param name="IsMet">Whether that is enough.</param>
internal sealed record Verdict(string What, string Target, string Measured, bool IsMet)
{
    /// <summary>A median that is to be at least the target.</summary>
    public static Verdict AtLeast(string what, double target, Series measured, Func<double, string>? format = null) =>
        new(what, $"at least {(format ?? Times)(target)}", measured.ToString(format ?? Times), measured.Median >= target);

    /// <summary>A median that is to be at most the target.</summary>
    public static Verdict AtMost(string what, double target, Series measured, Func<double, string>? format = null) =>
        new(what, $"at most {(format ?? Times)(target)}", measured.ToString(format ?? Times), measured.Median <= target);

    private static string Times(double ratio) => $"{Format.Number(ratio)} x";
}
