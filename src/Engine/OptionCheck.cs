namespace EE569.Engine;

/// <summary>The one form of complaint about options.</summary>
internal static class OptionCheck
{
    /// <exception cref="ArgumentException">The condition does not hold.</exception>
    public static void Require(bool condition, string option, object? value, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException(FormattableString.Invariant($"{option} must be {rule}, it is {value ?? "null"}."), option);
        }
    }
}
