using System.Globalization;
using System.Numerics;

namespace EE569.Trainers.Preparation;

/// <summary>What is counted of a column in one pass over the rows.</summary>
/// <param name="name">The column.</param>
/// <param name="type">The type of its cells.</param>
/// <param name="kind">The kind that the options say, or null.</param>
internal sealed class ColumnProfile(string name, DataViewType type, TableColumnKind? kind)
{
    /// <summary>The spellings of dates that are found without being told. ML.NET's own conversion from text reads them all.</summary>
    private static readonly string[] DateFormats =
        ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"];

    private readonly Dictionary<string, NumberProfile> _dateParts = [];
    private readonly HashSet<long> _moments = [];

    public string Name => name;

    public TableColumnKind? Given => kind;

    public bool IsText => type is TextDataViewType;

    public long Rows { get; private set; }

    /// <summary>Rows without any value.</summary>
    public long Empty { get; private set; }

    public NumberProfile Numbers { get; } = new();

    public TextProfile Texts { get; } = new();

    /// <summary>Different moments.</summary>
    public int DistinctDates => _moments.Count;

    /// <summary>Whether counting them ended before the last row.</summary>
    public bool MoreDates { get; private set; }

    public IReadOnlyDictionary<string, NumberProfile> DateParts => _dateParts;

    /// <summary>Whether every text so far is a number, or a date.</summary>
    public bool AllNumbers { get; private set; } = true;

    /// <inheritdoc cref="AllNumbers"/>
    public bool AllDates { get; private set; } = true;

    /// <summary>A cell's type that the preparation reads.</summary>
    public static bool CanRead(DataViewType type) =>
        type is NumberDataViewType or BooleanDataViewType or TextDataViewType or DateTimeDataViewType;

    /// <summary>What reads the column's cell of a row and counts it.</summary>
    public Action ReaderOf(DataViewRow row, DataViewSchema.Column column) => type.RawType switch
    {
        var t when t == typeof(float) => OfNumber<float>(row, column),
        var t when t == typeof(double) => OfNumber<double>(row, column),
        var t when t == typeof(int) => OfNumber<int>(row, column),
        var t when t == typeof(long) => OfNumber<long>(row, column),
        var t when t == typeof(short) => OfNumber<short>(row, column),
        var t when t == typeof(sbyte) => OfNumber<sbyte>(row, column),
        var t when t == typeof(byte) => OfNumber<byte>(row, column),
        var t when t == typeof(ushort) => OfNumber<ushort>(row, column),
        var t when t == typeof(uint) => OfNumber<uint>(row, column),
        var t when t == typeof(ulong) => OfNumber<ulong>(row, column),
        var t when t == typeof(bool) => Of<bool>(row, column, value => AddNumber(value ? 1 : 0)),
        var t when t == typeof(DateTime) => Of<DateTime>(row, column, AddDate),
        _ => Of<ReadOnlyMemory<char>>(row, column, value => AddText(value.Span)),
    };

    private Action OfNumber<T>(DataViewRow row, DataViewSchema.Column column)
        where T : INumberBase<T> => Of<T>(row, column, value => AddNumber(float.CreateSaturating(value)));

    private Action Of<T>(DataViewRow row, DataViewSchema.Column column, Action<T> add)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            Rows++;
            add(value);
        };
    }

    private void AddNumber(float value)
    {
        if (float.IsNaN(value))
        {
            Empty++;
        }
        else if (float.IsFinite(value))
        {
            Numbers.Add(value);
        }
    }

    private void AddDate(DateTime value)
    {
        if (value.Ticks == 0)
        {
            Empty++;
            return;
        }

        MoreDates = MoreDates || (_moments.Count >= NumberProfile.DistinctLimit && !_moments.Contains(value.Ticks));
        if (!MoreDates)
        {
            _moments.Add(value.Ticks);
        }

        foreach (string part in DatePart.All)
        {
            if (!_dateParts.TryGetValue(part, out var profile))
            {
                _dateParts[part] = profile = new();
            }

            profile.Add(DatePart.Of(part, value));
        }
    }

    private void AddText(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            Empty++;
            return;
        }

        if (kind is null or TableColumnKind.Category or TableColumnKind.Text)
        {
            Texts.Add(value);
        }

        // Of a column whose kind is told, what cannot be read is missing; else one such text ends the search.
        if (kind is TableColumnKind.Number or TableColumnKind.Boolean || (kind is null && AllNumbers))
        {
            // 02134 is a code, unless one is told.
            AllNumbers = float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && !float.IsNaN(number)
                && (kind is not null || value is not ['0', >= '0' and <= '9', ..]);
            if (AllNumbers || kind is not null)
            {
                AddNumber(AllNumbers ? number : float.NaN);
            }
        }

        if (kind is TableColumnKind.Date || (kind is null && AllDates))
        {
            AllDates = kind is null
                ? DateTime.TryParseExact(value, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                : DateTime.TryParse(value, CultureInfo.InvariantCulture, out date);
            if (AllDates || kind is not null)
            {
                AddDate(AllDates ? date : default);
            }
        }
    }
}
