using System.Globalization;

namespace EE569.Benchmarks.Report;

/// <summary>Numbers as the report shows them: three significant digits.</summary>
internal static class Format
{
    public static string Number(double value) => value switch
    {
        0 => "0",
        _ when Math.Abs(value) >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.ToString("G3", CultureInfo.InvariantCulture),
    };

    public static string Seconds(double seconds) => seconds switch
    {
        < 1e-3 => $"{Number(seconds * 1e6)} µs",
        < 1 => $"{Number(seconds * 1e3)} ms",
        _ => $"{Number(seconds)} s",
    };

    public static string Percent(double share) => $"{(100 * share).ToString("F0", CultureInfo.InvariantCulture)} %";

    public static string Bytes(double bytes) => bytes switch
    {
        < 1 << 10 => $"{Number(bytes)} B",
        < 1 << 20 => $"{Number(bytes / (1 << 10))} KB",
        < 1 << 30 => $"{Number(bytes / (1 << 20))} MB",
        _ => $"{Number(bytes / (1 << 30))} GB",
    };
}
