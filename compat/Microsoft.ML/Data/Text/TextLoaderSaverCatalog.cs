using System.Reflection;
using System.Text;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Loads and saves text files.</summary>
public static class TextLoaderSaverCatalog
{
    public static TextLoader CreateTextLoader(
        this DataOperationsCatalog catalog, TextLoader.Column[] columns, char separatorChar = '\t', bool hasHeader = false,
        IMultiStreamSource? dataSample = null, bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false) =>
        catalog.CreateTextLoader(Options(columns, separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse), dataSample);

    public static TextLoader CreateTextLoader(
        this DataOperationsCatalog catalog, TextLoader.Options options, IMultiStreamSource? dataSample = null) =>
        new(catalog.GetEnvironment(), options ?? throw new ArgumentNullException(nameof(options)), dataSample);

    public static TextLoader CreateTextLoader<TInput>(
        this DataOperationsCatalog catalog, char separatorChar = '\t', bool hasHeader = false, IMultiStreamSource? dataSample = null,
        bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false) =>
        catalog.CreateTextLoader(Columns<TInput>(), separatorChar, hasHeader, dataSample, allowQuoting, trimWhitespace, allowSparse);

    public static TextLoader CreateTextLoader<TInput>(
        this DataOperationsCatalog catalog, TextLoader.Options options, IMultiStreamSource? dataSample = null)
    {
        options.Columns = Columns<TInput>();
        return catalog.CreateTextLoader(options, dataSample);
    }

    public static IDataView LoadFromTextFile(
        this DataOperationsCatalog catalog, string path, TextLoader.Column[] columns, char separatorChar = '\t', bool hasHeader = false,
        bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false)
    {
        MultiFileSource source = Source(path);
        return catalog.CreateTextLoader(columns, separatorChar, hasHeader, null, allowQuoting, trimWhitespace, allowSparse).Load(source);
    }

    /// <summary>The file itself tells the number of columns, and its header the slot names.</summary>
    public static IDataView LoadFromTextFile(this DataOperationsCatalog catalog, string path, TextLoader.Options? options = null)
    {
        MultiFileSource source = Source(path);
        return catalog.CreateTextLoader(options ?? new TextLoader.Options(), source).Load(source);
    }

    public static IDataView LoadFromTextFile<TInput>(
        this DataOperationsCatalog catalog, string path, char separatorChar = '\t', bool hasHeader = false, bool allowQuoting = false,
        bool trimWhitespace = false, bool allowSparse = false)
    {
        MultiFileSource source = Source(path);
        return catalog.CreateTextLoader<TInput>(separatorChar, hasHeader, null, allowQuoting, trimWhitespace, allowSparse).Load(source);
    }

    public static IDataView LoadFromTextFile<TInput>(this DataOperationsCatalog catalog, string path, TextLoader.Options options)
    {
        MultiFileSource source = Source(path);
        return catalog.CreateTextLoader<TInput>(options).Load(source);
    }

    /// <summary>Writes the rows, and before them how to read them and the header.</summary>
    public static void SaveAsText(
        this DataOperationsCatalog catalog, IDataView data, Stream stream, char separatorChar = '\t', bool headerRow = true,
        bool schema = true, bool keepHidden = false, bool forceDense = false)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        new TextSaver(writer, separatorChar, forceDense).Save(data, headerRow, schema, keepHidden);
    }

    private static TextLoader.Options Options(
        TextLoader.Column[] columns, char separator, bool hasHeader, bool allowQuoting, bool trimWhitespace, bool allowSparse) => new()
        {
            Columns = columns,
            Separators = [separator],
            HasHeader = hasHeader,
            AllowQuoting = allowQuoting,
            TrimWhitespace = trimWhitespace,
            AllowSparse = allowSparse,
        };

    private static MultiFileSource Source(string path)
    {
        if (string.IsNullOrEmpty(path))
        {
            throw new ArgumentOutOfRangeException(nameof(path), $"{nameof(path)} cannot be null or empty");
        }

        var source = new MultiFileSource(path);
        return source.Count > 0 && Enumerable.Range(0, source.Count).All(i => File.Exists(source.GetPathOrNull(i)))
            ? source
            : throw new ArgumentOutOfRangeException(nameof(path), $"File or directory does not exist at path: {path}");
    }

    private static TextLoader.Column[] Columns<TInput>()
    {
        const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;
        MemberInfo[] members = [.. typeof(TInput).GetFields(Public), .. typeof(TInput).GetProperties(Public)];
        return members.Length > 0
            ? [.. members.Select(Column)]
            : throw new ArgumentOutOfRangeException(
                nameof(TInput), $"Should define at least one public, readable field or property in {nameof(TInput)}.");
    }

    private static TextLoader.Column Column(MemberInfo member)
    {
        string kind = member is FieldInfo ? "Field" : "Property";
        LoadColumnAttribute load = member.GetCustomAttribute<LoadColumnAttribute>()
            ?? throw new InvalidOperationException($"{kind} '{member.Name}' is missing the LoadColumnAttribute attribute");
        Type type = SchemaDefinition.ClrType(member);
        Type item = type.IsArray ? type.GetElementType()! : type;
        DataKind dataKind = Enum.GetValues<DataKind>()
            .Where(candidate => DataViewTypes.FromKind(candidate).Equals(DataViewTypes.PrimitiveFromClr(item))).FirstOrDefault();
        if (dataKind == default)
        {
            throw new InvalidOperationException($"{kind} {member.Name} is of unsupported type.");
        }

        KeyCount? keyCount = member.GetCustomAttribute<KeyTypeAttribute>() is { } key ? new KeyCount(key.Count) : null;
        string name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
        return new TextLoader.Column(name, dataKind, load.Sources, keyCount);
    }
}
