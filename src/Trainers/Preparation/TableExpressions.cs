using System.Globalization;

namespace EE569.Trainers.Preparation;

/// <summary>The arithmetic of slots in the language of ML.NET's Expression.</summary>
internal static class TableExpressions
{
    private static readonly string[] Waves = ["sin", "cos"];

    /// <summary>The slots of a part of a date, of t, the ticks.</summary>
    public static IEnumerable<string> Of(DatePart part) => DatePart.Cycles.TryGetValue(part.Name, out var cycle)
        ? Waves.Select(wave => $"float({wave}({Number(2 * float.Pi / cycle.Length)} * ({Calendar(part.Name)} - {cycle.First}f)))")
        : [$"with(z = ({Calendar(part.Name)} - {Number(part.Center)}) / {Number(part.Width)}; {Bent("z")})"];

    /// <summary>The part of a date as Single, of ticks: the civil calendar in whole numbers, days from 0000-03-01 in eras of 400 years (H. Hinnant).</summary>
    private static string Calendar(string part) => part switch
    {
        "weekday" => "float((t / 864000000000L + 1L) % 7L)",
        "hour" => "(float(t % 864000000000L / 10000000L) / 3600f)",
        DatePart.Days => "float(t / 864000000000L)",
        _ => "with(d = t / 864000000000L + 306L, e = d / 146097L, n = d - e * 146097L, y = (n - n / 1460L + n / 36524L - n / 146096L) / 365L, "
            + "k = n - (365L * y + y / 4L - y / 100L), m = (5L * k + 2L) / 153L; float(" + part switch
            {
                "day" => "k - (153L * m + 2L) / 5L + 1L",
                "month" => "m < 10L ? m + 3L : m - 9L",
                _ => "y + e * 400L + (m < 10L ? 0L : 1L)",
            } + "))",
    };

    /// <summary>z cut at the limit, so that infinity is a number, and bent: z / sqrt(1 + (z / 3)^2).</summary>
    public static string Bent(string z) =>
        $"with(c = {z} > {Number(NumberScale.Limit)} ? {Number(NumberScale.Limit)} : {z} < -{Number(NumberScale.Limit)} ? -{Number(NumberScale.Limit)} : {z}; c / sqrt(1f + c * c / {Number(NumberScale.Bend * NumberScale.Bend)}))";

    private static string Number(float value) => value < 0 ? $"(-{Number(-value)})" : value.ToString("R", CultureInfo.InvariantCulture) + "f";
}
