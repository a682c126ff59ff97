namespace EE569.Experiments.Tables;

/// <summary>How a date is written; a column of dates has one way.</summary>
/// <param name="Separator">What stands between its numbers.</param>
/// <param name="Parts">The order of its parts: <c>ymd</c>, <c>ym</c>, <c>my</c>, <c>dmy</c>, <c>mdy</c>, or <c>??y</c> when day and month have two numbers of any order.</param>
/// <param name="YearDigits">2 or 4.</param>
internal readonly record struct DateShape(char Separator, string Parts, int YearDigits);

/// <summary>A cell that is a date, with or without a time of day.</summary>
/// <param name="Shape">How it is written.</param>
/// <param name="First">The first of the two numbers that are day and month; else the month.</param>
/// <param name="Second">The second; else the day.</param>
/// <param name="Year">The year.</param>
/// <param name="Time">The time of day, moved to UTC where an offset is told: it may lead to another day.</param>
internal readonly record struct DateCell(DateShape Shape, int First, int Second, int Year, TimeSpan Time)
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] MonthNames = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    private static readonly string[] Weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>Whether day and month have two numbers whose order the cell alone does not tell.</summary>
    public bool IsOpen => Shape.Parts == "??y";

    /// <summary>The date, or null when there is no such day.</summary>
    public DateTime? With(bool dayFirst)
    {
        (int month, int day) = IsOpen && dayFirst ? (Second, First) : (First, Second);
        return Year is >= 1 and <= 9998 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(Year, month) ? new DateTime(Year, month, day) + Time : null;
    }

    /// <summary>Reads 2015-01-31, 2015/1/31, 2015-01, 31.1.2015, 1/31/2015, 31 Jan 2015, Jan 31, 2015, Jan 2015, each with or without 13:45, 1:45:30 PM, T13:45:30.5Z, +01:00.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateCell cell)
    {
        cell = default;
        if (text.Length is < 6 or > 40)
        {
            return false;
        }

        TimeSpan time = TimeSpan.Zero;
        int colon = text.IndexOf(':');
        if (colon >= 0)
        {
            int start = text[..colon].LastIndexOfAny(' ', 'T');
            if (start < 0 || !TryParseTime(text[(start + 1)..], out time))
            {
                return false;
            }

            text = text[..start].TrimEnd();
        }

        return TryParseDay(text, time, out cell);
    }

    private static bool TryParseDay(ReadOnlySpan<char> text, TimeSpan time, out DateCell cell)
    {
        cell = default;
        Span<int> numbers = stackalloc int[3], lengths = stackalloc int[3];
        int count = 0, month = -1;
        char separator = '\0';
        while (!text.IsEmpty)
        {
            int length = Math.Max(1, char.IsAsciiDigit(text[0]) ? Run(text, char.IsAsciiDigit) : Run(text, char.IsAsciiLetter));
            ReadOnlySpan<char> token = text[..length];
            text = text[length..];
            bool isWeekday = count == 0 && Matches(Weekdays, token) >= 0;
            if (!isWeekday)
            {
                if (count == 3 || !TryRead(token, ref month, count, out numbers[count]))
                {
                    return false;
                }

                lengths[count++] = length;
            }

            ReadOnlySpan<char> blank = text[..Run(text, character => character is ' ' or '-' or '/' or '.' or ',')];
            text = text[blank.Length..];
            char between = blank.IsEmpty ? '\0' : blank.Trim(' ') is [char only] ? only : blank.Trim(' ').IsEmpty ? ' ' : '\0';
            if (text.IsEmpty ? !blank.IsEmpty : between == '\0' || (separator != '\0' && month < 0 && between != separator))
            {
                return false;
            }

            separator = isWeekday || text.IsEmpty ? separator : between;
        }

        cell = (count, month) switch
        {
            (3, -1) when lengths is [4, <= 2, <= 2] && separator is '-' or '/' or '.' => new(new(separator, "ymd", 4), numbers[1], numbers[2], numbers[0], time),
            (3, -1) when lengths is [<= 2, <= 2, 4 or 2] && (separator is '/' or '.' || (separator == '-' && lengths[2] == 4)) =>
                separator == '.'
                    ? new(new(separator, "dmy", lengths[2]), numbers[1], numbers[0], FullYear(numbers[2], lengths[2]), time)
                    : new(new(separator, "??y", lengths[2]), numbers[0], numbers[1], FullYear(numbers[2], lengths[2]), time),
            (3, 0) when lengths[1] <= 2 && lengths[2] is 4 => new(new(' ', "mdy", 4), numbers[0], numbers[1], numbers[2], time),
            (3, 1) when lengths[0] <= 2 && lengths[2] is 4 or 2 => new(new(' ', "dmy", lengths[2]), numbers[1], numbers[0], FullYear(numbers[2], lengths[2]), time),
            (2, 0) when lengths[1] == 4 => new(new(' ', "my", 4), numbers[0], 1, numbers[1], time),
            (2, 1) when lengths[0] == 4 => new(new(' ', "ym", 4), numbers[1], 1, numbers[0], time),
            (2, -1) when lengths is [4, 2, _] && separator == '-' && time == TimeSpan.Zero => new(new(separator, "ym", 4), numbers[1], 1, numbers[0], time),
            _ => default,
        };
        return cell.Year > 0 && (cell.With(dayFirst: false) is not null || cell.With(dayFirst: true) is not null);
    }

    private static bool TryRead(ReadOnlySpan<char> token, ref int month, int place, out int number)
    {
        if (token.Length <= 4 && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        number = 1 + Math.Max(Matches(Months, token), Matches(MonthNames, token));
        bool isMonth = number > 0 && month < 0;
        month = isMonth ? place : month;
        return isMonth;
    }

    /// <summary>Two digits are of this century up to 49, as .NET, C and spreadsheets have it.</summary>
    private static int FullYear(int year, int digits) => digits == 4 ? year : year + (year < 50 ? 2000 : 1900);

    private static bool TryParseTime(ReadOnlySpan<char> text, out TimeSpan time)
    {
        int end = text.IndexOfAnyExcept("0123456789:.".AsSpan());
        ReadOnlySpan<char> clock = end < 0 ? text : text[..end], rest = end < 0 ? [] : text[end..].Trim();
        string[] formats = ["h\\:mm", "h\\:mm\\:ss", "h\\:mm\\:ss\\.FFFFFFF"];
        if (!TimeSpan.TryParseExact(clock, formats, CultureInfo.InvariantCulture, out time) || time < TimeSpan.Zero || time.Days > 0)
        {
            return false;
        }

        if (rest is "AM" or "am" or "PM" or "pm")
        {
            bool isAfternoon = rest[0] is 'P' or 'p', fits = time.Hours is >= 1 and <= 12;
            time += TimeSpan.FromHours((isAfternoon ? 12 : 0) - (time.Hours == 12 ? 12 : 0));
            return fits;
        }

        if (rest.IsEmpty || rest is "Z" or "UTC" or "GMT")
        {
            return true;
        }

        bool isOffset = TimeSpan.TryParseExact(rest[1..], ["hh\\:mm", "hhmm", "hh"], CultureInfo.InvariantCulture, out TimeSpan offset) && rest[0] is '+' or '-';
        time -= rest[0] == '-' ? -offset : offset;
        return isOffset;
    }

    private static int Matches(string[] words, ReadOnlySpan<char> token)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (token.Equals(words[i], StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    private static int Run(ReadOnlySpan<char> text, Func<char, bool> isIn)
    {
        int length = 0;
        while (length < text.Length && isIn(text[length]))
        {
            length++;
        }

        return length;
    }
}
