using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace EE569.Experiments.Results;

/// <summary>Reads back what <see cref="Table.WriteCsv(TextWriter)"/> wrote.</summary>
internal static class TableReader
{
    public static Table Read(string path, string name)
    {
        try
        {
            using var reader = new StreamReader(path);
            using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
            string[] columns = csv.Read() && csv.ReadHeader() ? csv.HeaderRecord! : [];
            var table = new Table(name, [.. columns.Select(column => new Column(column))]);
            while (csv.Read())
            {
                table.Add([.. csv.Parser.Record!.Select(Cell)]);
            }

            return table;
        }
        catch (Exception exception) when (exception is CsvHelperException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new UserException($"'{path}' is no table: {exception.Message.ReplaceLineEndings(" ").Split("IReader state")[0].Trim()} Put it right, or move it away.", exception);
        }
    }

    private static object? Cell(string text) =>
        text.Length == 0 ? null
        : int.TryParse(text, CultureInfo.InvariantCulture, out int whole) ? whole
        : double.TryParse(text, CultureInfo.InvariantCulture, out double number) ? number
        : text;
}
