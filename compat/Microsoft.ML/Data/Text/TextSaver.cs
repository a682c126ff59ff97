using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Writes a view as text that <see cref="TextLoader"/> reads. A line may end sparsely where that makes it shorter.</summary>
internal sealed class TextSaver
{
    private static readonly Dictionary<char, string> SeparatorNames = new()
    {
        [' '] = "space",
        ['\t'] = "tab",
        [','] = "comma",
        [';'] = "semicolon",
        ['|'] = "bar",
    };

    private static readonly Dictionary<Type, string> TypeCodes = new()
    {
        [typeof(sbyte)] = "I1",
        [typeof(byte)] = "U1",
        [typeof(short)] = "I2",
        [typeof(ushort)] = "U2",
        [typeof(int)] = "I4",
        [typeof(uint)] = "U4",
        [typeof(long)] = "I8",
        [typeof(ulong)] = "U8",
        [typeof(float)] = "R4",
        [typeof(double)] = "R8",
        [typeof(bool)] = "BL",
        [typeof(ReadOnlyMemory<char>)] = "TX",
        [typeof(TimeSpan)] = "TS",
        [typeof(DateTime)] = "DT",
        [typeof(DateTimeOffset)] = "DZ",
    };

    private readonly TextWriter _writer;
    private readonly char _separator;
    private readonly bool _forceDense;
    private readonly List<string> _fields = [];
    private readonly List<bool> _isDefault = [];
    private readonly List<int> _columnStarts = [];

    public TextSaver(TextWriter writer, char separator, bool forceDense)
    {
        if (!SeparatorNames.ContainsKey(separator))
        {
            throw new ArgumentOutOfRangeException(
                "Separator", "Invalid separator - must be: space, tab, comma, semicolon, or bar");
        }

        _writer = writer;
        _separator = separator;
        _forceDense = forceDense;
    }

    public void Save(IDataView data, bool headerRow, bool schema, bool keepHidden)
    {
        DataViewSchema.Column[] columns = [.. data.Schema.Where(column => keepHidden || !column.IsHidden)];
        foreach (DataViewSchema.Column column in columns)
        {
            bool isWritable = column.Type is not VectorDataViewType { IsKnownSize: false }
                && TypeCodes.ContainsKey(column.Type.ItemType().RawType);
            if (!isWritable)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(data), $"Column '{column.Name}' of type {column.Type} cannot be written as text");
            }
        }

        string[][] names = [.. columns.Select(HeaderNames)];
        headerRow &= names.Any(column => column.Any(name => name.Length > 0));
        if (schema)
        {
            WriteSchema(columns, headerRow);
        }

        if (headerRow)
        {
            WriteLine(names.Select(column => (Action)(() => AddAll(column))));
        }

        using DataViewRowCursor cursor = data.GetRowCursor(columns);
        Action[] adders =
            [.. columns.Select(column => Getters.Call<Action>(typeof(TextSaver), nameof(Adder), [column.Type.ItemType().RawType], this, cursor, column))];
        while (cursor.MoveNext())
        {
            WriteLine(adders);
        }
    }

    /// <summary>The lines by which the file itself tells a loader how to read it.</summary>
    private void WriteSchema(DataViewSchema.Column[] columns, bool headerRow)
    {
        _writer.WriteLine("#@ TextLoader{");
        if (headerRow)
        {
            _writer.WriteLine("#@   header+");
        }

        _writer.WriteLine($"#@   sep={SeparatorNames[_separator]}");
        int source = 0;
        foreach (DataViewSchema.Column column in columns)
        {
            int end = source + column.Type.ValueCount();
            string range = column.Type is VectorDataViewType ? $"{source}-{end - 1}" : $"{source}";
            DataViewType item = column.Type.ItemType();
            string type = TypeCodes[item.RawType] + (item is KeyDataViewType key ? $"[{key.Count}]" : "");
            bool plain = column.Name.AsSpan().IndexOfAny(" {}\"=") < 0;
            string escaped = string.Concat(column.Name.Select(c => c is '{' or '}' or '"' ? $"\\{c}" : $"{c}"));
            _writer.WriteLine(plain
                ? $"#@   col={column.Name}:{type}:{range}"
                : $"#@   col={{name={{{escaped}}}{(type == "R4" ? "" : $" type={type}")} src={range}}}");
            source = end;
        }

        _writer.WriteLine("#@ }");
    }

    private static string[] HeaderNames(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType vector)
        {
            return [column.Name];
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        if (column.HasSlotNames())
        {
            column.GetSlotNames(ref names);
        }

        return [.. Enumerable.Range(0, vector.Size).Select(slot => slot < names.Length ? names.GetItemOrDefault(slot).ToString() : "")];
    }

    private void AddAll(string[] names)
    {
        foreach (string name in names)
        {
            _fields.Add(Quote(name));
            _isDefault.Add(name.Length == 0);
        }
    }

    private static Action Adder<T>(TextSaver saver, DataViewRow row, DataViewSchema.Column column)
    {
        bool isKey = column.Type.ItemType() is KeyDataViewType;
        return Getters.ForEach<T>(row, column, (value, _) => saver.Add(value, isKey));
    }

    private void Add<T>(T value, bool isKey)
    {
        _fields.Add(Format(value, isKey));
        _isDefault.Add(value is ReadOnlyMemory<char> text ? text.IsEmpty : EqualityComparer<T>.Default.Equals(value, default));
    }

    private string Format<T>(T value, bool isKey) => value switch
    {
        _ when isKey => Convert.ToUInt64(value, CultureInfo.InvariantCulture) is > 0 and ulong key ? $"{key - 1}" : "",
        float.NaN or double.NaN => "?",
        double number => number.ToString("G17", CultureInfo.InvariantCulture),
        bool flag => flag ? "1" : "0",
        ReadOnlyMemory<char> text => Quote(text.ToString()),
        DateTime or DateTimeOffset => Quote(((IFormattable)value).ToString("o", CultureInfo.InvariantCulture)),
        TimeSpan => Quote(value.ToString()!),
        _ => ((IFormattable)value!).ToString(null, CultureInfo.InvariantCulture),
    };

    /// <summary>Quotes what a loader would not read back as one field, an empty text included.</summary>
    private string Quote(string text) =>
        text.Length == 0 || text[0] == ' ' || text.Contains(_separator) || text.AsSpan().IndexOfAny("\":\n\r") >= 0
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;

    private void WriteLine(IEnumerable<Action> adders)
    {
        _fields.Clear();
        _isDefault.Clear();
        _columnStarts.Clear();
        foreach (Action add in adders)
        {
            _columnStarts.Add(_fields.Count);
            add();
        }

        int sparseStart = _forceDense ? _fields.Count : SparseStart();
        IEnumerable<string> line = _fields.Take(sparseStart);
        if (sparseStart < _fields.Count)
        {
            IEnumerable<int> values = Enumerable.Range(sparseStart, _fields.Count - sparseStart)
                .Where(field => !_isDefault[field]).DefaultIfEmpty(sparseStart);
            line = line.Append($"{_fields.Count - sparseStart}").Concat(values.Select(field => $"{field - sparseStart}:{_fields[field]}"));
        }

        _writer.WriteLine(string.Join(_separator, line));
    }

    /// <summary>
    /// The column from which on to write sparsely: where most is saved, a value costing 2.5 fields when it carries its index;
    /// nowhere if nothing is saved or fewer than 5 fields are left.
    /// </summary>
    private int SparseStart()
    {
        const int MinFields = 5;
        int best = _fields.Count;
        int bestSaving = -1;
        int saving = 0;
        int field = _fields.Count;
        for (int column = _columnStarts.Count - 1; column >= 0; column--)
        {
            while (field > _columnStarts[column])
            {
                saving += _isDefault[--field] ? 2 : 2 - 5;
            }

            if (saving >= bestSaving)
            {
                (best, bestSaving) = (field, saving);
            }
        }

        return bestSaving >= 0 && _fields.Count - best >= MinFields ? best : _fields.Count;
    }
}
