namespace EE569.Trainers;

/// <summary>Checks of option values. The exceptions are of the types that ML.NET's own trainers throw.</summary>
internal static class OptionCheck
{
    public static void That(bool condition, object? value, string option, string rule)
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(option, value, rule);
        }
    }

    public static void NotEmpty(string? value, string option)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new ArgumentException("Must name a column.", option);
        }
    }
}
