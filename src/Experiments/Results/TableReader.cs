using CsvHelper;

namespace EE569.Experiments.Results;

/// <summary>Reads back what <see cref="Table.WriteCsv(TextWriter)"/> wrote.</summary>
internal static class TableReader
{
    public static Table Read(string path, string name)
    {
        try
        {
            using var csv = CsvReader.FromFile(path, new CsvReaderOptions { Separator = ',' });
            var table = new Table(name, [.. csv.Headers.Select(column => new Column(column))]);
            while (csv.Read())
            {
                table.Add([.. Enumerable.Range(0, csv.FieldCount).Select(i => Cell(csv.GetString(i)))]);
            }

            return table;
        }
        catch (Exception exception) when (exception is CsvFormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new UserException($"'{path}' is no table: {exception.Message.ReplaceLineEndings(" ")} Put it right, or move it away.", exception);
        }
    }

    private static object? Cell(string text) =>
        text.Length == 0 ? null
        : int.TryParse(text, CultureInfo.InvariantCulture, out int whole) ? whole
        : double.TryParse(text, CultureInfo.InvariantCulture, out double number) ? number
        : text;
}
