using System.Globalization;
using System.Text;

namespace Microsoft.Data.Analysis;

public partial class DataFrame
{
    /// <summary>Reads separated values. Columns are as given, or else Single, Boolean, DateTime or String by their first rows.</summary>
    public static DataFrame LoadCsv(
        string filename, char separator = ',', bool header = true, string[]? columnNames = null, Type[]? dataTypes = null, int numRows = -1,
        int guessRows = 10, bool addIndexColumn = false, Encoding? encoding = null, bool renameDuplicatedColumns = false,
        CultureInfo? cultureInfo = null)
    {
        using FileStream stream = File.OpenRead(filename);
        return LoadCsv(
            stream, separator, header, columnNames, dataTypes, numRows, guessRows, addIndexColumn, encoding, renameDuplicatedColumns,
            cultureInfo);
    }

    public static DataFrame LoadCsv(
        Stream csvStream, char separator = ',', bool header = true, string[]? columnNames = null, Type[]? dataTypes = null,
        long numberOfRowsToRead = -1, int guessRows = 10, bool addIndexColumn = false, Encoding? encoding = null,
        bool renameDuplicatedColumns = false, CultureInfo? cultureInfo = null, Func<IEnumerable<string>, Type>? guessTypeFunction = null)
    {
        using var reader = new StreamReader(csvStream, encoding ?? Encoding.UTF8, leaveOpen: true);
        return ReadCsv(
            reader, separator, header, columnNames, dataTypes, numberOfRowsToRead, guessRows, addIndexColumn, renameDuplicatedColumns,
            cultureInfo, guessTypeFunction);
    }

    public static DataFrame LoadCsvFromString(
        string csvString, char separator = ',', bool header = true, string[]? columnNames = null, Type[]? dataTypes = null,
        long numberOfRowsToRead = -1, int guessRows = 10, bool addIndexColumn = false, bool renameDuplicatedColumns = false,
        CultureInfo? cultureInfo = null, Func<IEnumerable<string>, Type>? guessTypeFunction = null) =>
        ReadCsv(
            new StringReader(csvString), separator, header, columnNames, dataTypes, numberOfRowsToRead, guessRows, addIndexColumn,
            renameDuplicatedColumns, cultureInfo, guessTypeFunction);

    public static void SaveCsv(
        DataFrame dataFrame, string path, char separator = ',', bool header = true, Encoding? encoding = null,
        CultureInfo? cultureInfo = null)
    {
        using FileStream stream = File.Create(path);
        SaveCsv(dataFrame, stream, separator, header, encoding, cultureInfo);
    }

    public static void SaveCsv(
        DataFrame dataFrame, Stream csvStream, char separator = ',', bool header = true, Encoding? encoding = null,
        CultureInfo? cultureInfo = null)
    {
        using var writer = new StreamWriter(csvStream, encoding ?? new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        void WriteLine(IEnumerable<string?> fields) =>
            writer.WriteLine(string.Join(separator, fields.Select(field => Quote(field, separator))));
        if (header)
        {
            WriteLine(dataFrame.Columns.Select(column => column.Name));
        }

        foreach (DataFrameRow row in dataFrame.Rows)
        {
            WriteLine(row.Select(value => FormatValue(value, cultureInfo ?? CultureInfo.CurrentCulture)));
        }
    }

    private static DataFrame ReadCsv(
        TextReader text, char separator, bool header, string[]? columnNames, Type[]? dataTypes, long rowCount, int guessRows,
        bool addIndexColumn, bool renameDuplicatedColumns, CultureInfo? cultureInfo, Func<IEnumerable<string>, Type>? guessType)
    {
        if (dataTypes is null && guessRows <= 0)
        {
            throw new ArgumentException($"Expected either {nameof(guessRows)} or {nameof(dataTypes)} to be provided");
        }

        CultureInfo culture = cultureInfo ?? CultureInfo.CurrentCulture;
        using IEnumerator<string[]> csv = CsvRecords.Read(text, separator).GetEnumerator();
        int line = 0;
        bool Read() => csv.MoveNext() && ++line > 0;

        // The header counts as one of the rows to guess by, as in ML.NET.
        string[] names = header && Read() ? csv.Current : [];
        long left = rowCount < 0 ? long.MaxValue : rowCount;
        var first = new List<string[]>();
        while (line < guessRows && first.Count < left && Read())
        {
            first.Add(csv.Current);
        }

        if (line == 0)
        {
            throw new FormatException("Empty file");
        }

        guessType ??= values => GuessType(values, culture);
        int count = dataTypes?.Length ?? first.Select(row => row.Length).DefaultIfEmpty().Max();
        int firstLine = header ? 2 : 1;
        if (first.FindIndex(row => row.Length < count) is >= 0 and int ragged)
        {
            throw new FormatException($"Line {firstLine + ragged} has less columns than expected");
        }

        dataTypes ??= [.. Enumerable.Range(0, count).Select(i => guessType(first.Select(row => row[i])))];
        names = ColumnNames(columnNames ?? names, count, mustBeComplete: columnNames is not null || header, renameDuplicatedColumns);
        var frame = new DataFrame(names.Zip(dataTypes, (name, type) => DataFrameColumns.Create(type, name)));
        foreach (string[] row in first)
        {
            AppendText(frame, row, firstLine++, culture);
        }

        while (frame.Rows.Count < left && Read())
        {
            AppendText(frame, csv.Current, line, culture);
        }

        if (addIndexColumn)
        {
            frame.Columns.Insert(0, new Int64DataFrameColumn("IndexColumn", DataFrameColumn.Rows(0, frame.Rows.Count)));
        }

        return frame;
    }

    /// <summary>Appends a row of fields. Only the first rows must be complete, as in ML.NET; a later one ends in nulls.</summary>
    private static void AppendText(DataFrame frame, string[] fields, int line, CultureInfo culture)
    {
        int count = frame.Columns.Count;
        if (fields.Length > count)
        {
            throw new ArgumentException($"Line {line} exceeds the number of columns({count}) in the DataFrame");
        }

        for (int i = 0; i < count; i++)
        {
            if (i < fields.Length)
            {
                frame.Columns[i].AppendText(fields[i], culture);
            }
            else
            {
                frame.Columns[i].AppendNull();
            }
        }
    }

    private static string[] ColumnNames(string[] given, int count, bool mustBeComplete, bool renameDuplicates)
    {
        if (mustBeComplete && given.Length < count)
        {
            throw new ArgumentException($"{count} columns have only {given.Length} names: {string.Join(", ", given)}");
        }

        var occurrences = new Dictionary<string, int>();
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            string name = i < given.Length && given[i].Length > 0 ? given[i] : $"Column{i}";
            int earlier = occurrences.GetValueOrDefault(name);
            occurrences[name] = earlier + 1;
            return renameDuplicates && earlier > 0 ? $"{name}.{earlier}" : name;
        })];
    }

    /// <summary>Single if any value is a number, then Boolean, then DateTime; String if a value is none of these.</summary>
    private static Type GuessType(IEnumerable<string> values, CultureInfo culture)
    {
        bool number = false, boolean = false, date = false;
        foreach (string value in values.Where(value => !DataFrameColumn.IsNullText(value)))
        {
            if (float.TryParse(value, NumberStyles.Float | NumberStyles.AllowThousands, culture, out _))
            {
                number = true;
            }
            else if (bool.TryParse(value, out _))
            {
                boolean = true;
            }
            else if (DateTime.TryParse(value, culture, out _))
            {
                date = true;
            }
            else
            {
                return typeof(string);
            }
        }

        return number ? typeof(float) : boolean ? typeof(bool) : date ? typeof(DateTime) : typeof(string);
    }

    private static string? FormatValue(object? value, CultureInfo culture) => value switch
    {
        float single => single.ToString("G9", culture),
        double number => number.ToString("G17", culture),
        _ => Convert.ToString(value, culture),
    };

    private static string? Quote(string? field, char separator) => field.AsSpan().IndexOfAny([separator, '"', '\n', '\r']) >= 0
        ? $"\"{field!.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;
}
