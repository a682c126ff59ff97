using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace EE569.Experiments.Data.Csv;

/// <summary>One pass over a CSV file before it is loaded: its columns, what they hold, and everything that is wrong with it.</summary>
internal sealed record CsvProfile(string Path, IReadOnlyList<ColumnProfile> Columns, long Rows)
{
    /// <summary>The column, or an error that names those there are.</summary>
    public ColumnProfile this[string name] => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new UserException($"'{Path}' has no column '{name}'. Its columns are {Listed()}.");

    /// <param name="path">The file's name, for messages.</param>
    /// <param name="stream">The file.</param>
    public static CsvProfile Scan(string path, Stream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { Length: > 0 } header)
        {
            throw new UserException($"'{path}' is empty: its first line must name the columns.");
        }

        CheckHeader(path, header);
        ColumnProfile[] columns = [.. header.Select(name => new ColumnProfile(name))];
        long rows = 0;
        while (csv.Read())
        {
            if (csv.Parser.Count != columns.Length)
            {
                throw new UserException($"'{path}' line {csv.Parser.RawRow} has {csv.Parser.Count} cells, but the header has {columns.Length} columns.");
            }

            for (int i = 0; i < columns.Length; i++)
            {
                columns[i].Add(csv[i] ?? "", csv.Parser.RawRow);
            }

            rows++;
        }

        return rows > 0 ? new CsvProfile(path, columns, rows) : throw new UserException($"'{path}' has a header but no rows.");
    }

    private static void CheckHeader(string path, string[] header)
    {
        for (int i = 0; i < header.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(header[i]))
            {
                throw new UserException($"'{path}': column {i + 1} has no name in the header line.");
            }

            int first = Array.IndexOf(header, header[i]);
            if (first < i)
            {
                throw new UserException($"'{path}': columns {first + 1} and {i + 1} are both named '{header[i]}'. Give every column a name of its own.");
            }
        }
    }

    private string Listed()
    {
        const int Most = 20;
        string more = Columns.Count > Most ? $" and {Columns.Count - Most} more" : "";
        return string.Join(", ", Columns.Take(Most).Select(column => column.Name)) + more;
    }
}
