namespace EE569.Trainers.Preparation;

/// <summary>A part of a date: year and days as scaled numbers, the others as sine and cosine of their place in their cycle.</summary>
internal sealed record DatePart(string Name, float Center = 0, float Width = 1)
{
    public const string Year = "year";
    public const string Days = "days";

    /// <summary>Values in a cycle and the first of them, by part.</summary>
    public static readonly IReadOnlyDictionary<string, (int Length, int First)> Cycles =
        new Dictionary<string, (int, int)> { ["month"] = (12, 1), ["day"] = (31, 1), ["weekday"] = (7, 0), ["hour"] = (24, 0) };

    public static readonly string[] All = [Year, .. Cycles.Keys, Days];

    public string[] Slots => Cycles.ContainsKey(Name) ? [$"{Name} sine", $"{Name} cosine"] : [Name];

    /// <summary>The part of a moment: day counts from 0001-01-01, weekday from Sunday, hour with its minutes and seconds as a fraction.</summary>
    public static float Of(string part, DateTime moment) => part switch
    {
        Year => moment.Year,
        Days => moment.Ticks / TimeSpan.TicksPerDay,
        "month" => moment.Month,
        "day" => moment.Day,
        "weekday" => (int)moment.DayOfWeek,
        _ => moment.Ticks % TimeSpan.TicksPerDay / TimeSpan.TicksPerSecond / 3600f,
    };
}
