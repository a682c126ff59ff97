using System.Reflection;
using System.Text.Json;

namespace EE569.Experiments.Tables;

/// <summary>What an options file and the command line say of a table; null where they say nothing.</summary>
internal sealed record TableSettings
{
    /// <summary>The tasks that <see cref="Task"/> names.</summary>
    public const string Classification = "classification", Regression = "regression";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The names of these settings in an options file, where they stand beside those of the trainer.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. typeof(TableSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    /// <summary>What the label holds; null when its values are to tell.</summary>
    public string? Task { get; init; }

    /// <summary>The columns to learn from; all but the label when null.</summary>
    public string[]? Features { get; init; }

    public string[]? Numeric { get; init; }

    public string[]? Categorical { get; init; }

    public string[]? Text { get; init; }

    public string[]? Date { get; init; }

    public string[]? Ignore { get; init; }

    /// <summary>What stands between cells: a character, or <c>tab</c>.</summary>
    public string? Separator { get; init; }

    /// <summary><c>point</c> or <c>comma</c>.</summary>
    public string? Decimal { get; init; }

    public string? Encoding { get; init; }

    /// <summary>The spellings of a missing value, beside an empty cell.</summary>
    public string[]? Missing { get; init; }

    /// <summary>What an options file says of the table, if one is named.</summary>
    /// <exception cref="UserException">The file cannot be read, or a value is none.</exception>
    public static TableSettings Read(string? path)
    {
        try
        {
            TableSettings settings = path is null ? new TableSettings() : JsonSerializer.Deserialize<TableSettings>(File.ReadAllText(path), Json) ?? new TableSettings();
            return settings.Task is null or Classification or Regression ? settings : throw new UserException($"'{path}': there is no task '{settings.Task}'. Choose from {Classification}, {Regression}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserException($"Cannot read the options in '{path}': {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    /// <summary>The settings, those of another in place of what it names.</summary>
    public TableSettings With(TableSettings other) => this with
    {
        Task = other.Task ?? Task,
        Features = other.Features ?? Features,
        Numeric = other.Numeric ?? Numeric,
        Categorical = other.Categorical ?? Categorical,
        Text = other.Text ?? Text,
        Date = other.Date ?? Date,
        Ignore = other.Ignore ?? Ignore,
        Separator = other.Separator ?? Separator,
        Decimal = other.Decimal ?? Decimal,
        Encoding = other.Encoding ?? Encoding,
        Missing = other.Missing ?? Missing,
    };

    /// <summary>How to read the file.</summary>
    /// <exception cref="UserException">A name is none.</exception>
    public ReadingOptions ToReading() => new(
        Separator switch
        {
            null => null,
            "tab" or "\\t" => '\t',
            [var only] when only is > ' ' and < (char)127 and not '"' || only == '\t' => only,
            _ => throw new UserException($"The separator '{Separator}' is none: name one character, such as ';', or tab."),
        },
        Decimal switch
        {
            null => null,
            "point" or "." => false,
            "comma" or "," => true,
            _ => throw new UserException($"Decimals are divided by a point or a comma, not by '{Decimal}'."),
        },
        Encoding, Missing);

    /// <summary>What the table's columns are.</summary>
    public TableOptions ToOptions(string label, bool? isRegression) => new(label, Features)
    {
        Numeric = Numeric ?? [],
        Categorical = Categorical ?? [],
        Text = Text ?? [],
        Date = Date ?? [],
        Ignored = Ignore ?? [],
        IsRegression = isRegression,
        Reading = ToReading(),
    };
}
