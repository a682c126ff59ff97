using System.Globalization;
using EE569.Experiments.Studies;
using Microsoft.Data.Analysis;

namespace EE569.Experiments.Data.Csv;

/// <summary>A user's CSV file: every pass over it shows how far it is.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Progress">Hears how reading comes along.</param>
internal sealed record CsvFile(string Path, IProgressReporter Progress)
{
    private const double Megabyte = 1 << 20;

    /// <summary>Checks all of it.</summary>
    public CsvProfile Scan() => Read("checking", stream => CsvProfile.Scan(Path, stream));

    /// <summary>Loads it with a type for each column: Single or text.</summary>
    public DataFrame Load(IEnumerable<bool> isNumeric) => Read("loading", stream => DataFrame.LoadCsv(
        stream, dataTypes: [.. isNumeric.Select(numeric => numeric ? typeof(float) : typeof(string))], cultureInfo: CultureInfo.InvariantCulture));

    private T Read<T>(string what, Func<Stream, T> read)
    {
        string task = $"{what} {System.IO.Path.GetFileName(Path)}";
        var clock = System.Diagnostics.Stopwatch.StartNew();
        try
        {
            using FileStream file = File.OpenRead(Path);
            Progress.Begin(task, file.Length / Megabyte, "MB");
            using var counted = new ProgressStream(file, bytes => Progress.Advance(task, bytes / Megabyte));
            T result = read(counted);
            Progress.End(task, clock.Elapsed);
            return result;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserException($"There is no file '{Path}'.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"Cannot read '{Path}': {exception.Message}", exception);
        }
    }
}
