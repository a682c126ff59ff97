using System.Globalization;
using CsvHelper;

namespace EE569.Benchmarks.Quality;

/// <summary>A table in memory: columns of numbers and of categories, and the label.</summary>
internal sealed class QualityTable
{
    private const string FileColumn = "File";
    private static readonly HashSet<string> _missing = ["", "NA", "?"];

    private QualityTable(TableEntry entry, IReadOnlyList<TableColumn> features, double[] labels, int classes) =>
        (Entry, Features, Labels, Classes) = (entry, features, labels, classes);

    public TableEntry Entry { get; }

    public IReadOnlyList<TableColumn> Features { get; }

    /// <summary>The number of the class, or the number to predict.</summary>
    public double[] Labels { get; }

    /// <summary>1 for numbers.</summary>
    public int Classes { get; }

    /// <summary>Reads the table and holds it against the manifest.</summary>
    /// <param name="entry">Of the manifest.</param>
    /// <param name="folders">Where files may lie; the last one keeps downloads.</param>
    /// <exception cref="InvalidOperationException">A file is missing, or is not the original.</exception>
    public static QualityTable Load(TableEntry entry, string[] folders)
    {
        List<string[]> rows = [];
        string[] names = [];
        foreach (TableFile file in entry.Files)
        {
            (names, List<string[]> read) = Read(file.Find(folders), entry);
            rows.AddRange(entry.Files.Length == 1 ? read : read.Select(row => (string[])[.. row, file.File]));
        }

        if (rows.Count != entry.Rows || names.Length != entry.Columns)
        {
            throw new InvalidOperationException($"{entry.Name} has {rows.Count} rows and {names.Length} columns; the original has {entry.Rows} and {entry.Columns}.");
        }

        if (entry.Files.Length > 1)
        {
            names = [.. names, FileColumn];
        }

        string[] labels = [.. rows.Select(row => row[Array.IndexOf(names, entry.Label)])];
        string[] classes = entry.Task == TableTask.Regression ? [] : [.. labels.Distinct().Order(StringComparer.Ordinal)];
        return new QualityTable(
            entry,
            [
                .. from i in Enumerable.Range(0, names.Length)
                   where names[i] != entry.Label && !entry.Drop.Contains(names[i])
                   select TableColumn.Of([.. rows.Select(row => row[i])]),
            ],
            [.. labels.Select(label => classes.Length > 0 ? Array.IndexOf(classes, label) : entry.LogLabel ? Math.Log(Number(label)) : Number(label))],
            Math.Max(1, classes.Length));
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    /// <summary>Names and rows of a file; missing cells are empty.</summary>
    private static (string[] Names, List<string[]> Rows) Read(string path, TableEntry entry)
    {
        using var csv = CsvReader.FromFile(path, new CsvReaderOptions { Separator = entry.Separator, HasHeader = entry.HasHeader });
        List<string[]> rows = [];
        while (csv.Read())
        {
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i).Trim()).Select(cell => _missing.Contains(cell) ? "" : cell)]);
        }

        return (entry.HasHeader ? [.. csv.Headers] : [.. rows[0].Select((_, i) => $"Column{i + 1}")], rows);
    }
}
