using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Microsoft.Data.Analysis;

/// <summary>The records of separated text, with their fields trimmed; blank lines are left out.</summary>
internal static class CsvRecords
{
    public static IEnumerable<string[]> Read(TextReader text, char separator)
    {
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            TrimOptions = TrimOptions.Trim | TrimOptions.InsideQuotes,
            BadDataFound = null,
        };
        using CsvParser parser = new(text, configuration, leaveOpen: true);
        for (int line = 1; parser.Read();)
        {
            string[] record = parser.Record!;
            int quotes = parser.RawRecord.AsSpan().Count('"');
            if (quotes % 2 != 0 && record[^1].Contains('\n'))
            {
                throw new FormatException($"Line {line} cannot be parsed with the current Delimiters: a quote is not closed.");
            }

            if (record.Length > 1 || record[0].Length > 0 || quotes > 0)
            {
                yield return record;
                line++;
            }
        }
    }
}
