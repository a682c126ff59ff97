using System.Numerics;
using Microsoft.Data.Analysis;

namespace EE569.Experiments.Tables;

/// <summary>Reads dates that are all written in one way. Whether 3/4/2015 is of March or April, the column tells: a day beyond 12 somewhere, or a day that is always the first.</summary>
/// <param name="name">The column's name.</param>
/// <param name="format">How the table writes cells.</param>
/// <param name="expected">About how many rows there are.</param>
internal sealed class DateColumn(string name, CellFormat format, long expected) : ColumnReader(name, CellKind.Date, format)
{
    private const long None = -1;

    private readonly CellBuffer<long> _ticks = new(expected);
    private DateShape? _shape;
    private bool? _dayFirst;
    private int _firstNumbers, _secondNumbers;

    public override long Fitting => _ticks.Count - Missing - Wrong;

    /// <summary>Whether the order of day and month stays unknown.</summary>
    public bool IsAmbiguous => Order is null && _shape is { Parts: "??y" };

    /// <summary>Dates of two possible orders are left as texts.</summary>
    public override CellKind Found => base.Found == CellKind.Date && IsAmbiguous ? CellKind.Text : base.Found;

    private const int OnlyOne = 1 << 1, LeastMonths = 3;

    /// <summary>The order that the column tells: by a number beyond 12, or where one is always 1 and the other is not.</summary>
    private bool? Order => _dayFirst
        ?? ((_firstNumbers, _secondNumbers) switch
        {
            (OnlyOne, OnlyOne) => false,
            (OnlyOne, _) when BitOperations.PopCount((uint)_secondNumbers) >= LeastMonths => true,
            (_, OnlyOne) when BitOperations.PopCount((uint)_firstNumbers) >= LeastMonths => false,
            _ => null,
        });

    private int Distinct
    {
        get
        {
            var seen = new HashSet<long>();
            foreach (long ticks in _ticks.Values)
            {
                if (ticks != None && seen.Add(ticks) && seen.Count > DistinctNumbers.Most)
                {
                    break;
                }
            }

            return seen.Count;
        }
    }

    public override void Add(ReadOnlySpan<byte> cell, long line)
    {
        ReadOnlySpan<byte> trimmed = CellWords.Trim(cell);
        long ticks = None;
        if (!IsSaidMissing(trimmed) && CellFormat.TryParseDate(trimmed, out DateCell date) && (_shape is null || date.Shape == _shape) && With(date) is { } day)
        {
            _shape = date.Shape;
            ticks = day.Ticks;
        }
        else
        {
            AddOther(trimmed, line);
        }

        _ticks.Add(ticks);
    }

    /// <summary>Adds a date, or null for a missing one.</summary>
    public void Add(DateTime? value, long line)
    {
        if (value is null)
        {
            AddMissing(line);
        }

        _ticks.Add(value?.Ticks ?? None);
    }

    public override LoadedColumn Column()
    {
        bool swap = _dayFirst is null && Order == true;
        IEnumerable<DateTime?> Values()
        {
            for (int i = 0; i < _ticks.Count; i++)
            {
                long ticks = _ticks.Values[i];
                yield return ticks == None ? null : swap ? Swapped(new DateTime(ticks)) : new DateTime(ticks);
            }
        }

        int distinct = Distinct;
        return Describe(new DateTimeDataFrameColumn(Name, Values())) with
        {
            Distinct = distinct,
            HasMoreDistinct = distinct > DistinctNumbers.Most,
            Note = _shape is { Parts: "??y" } ? Order == true ? "day before month" : "month before day" : null,
        };
    }

    /// <summary>The date in the column's order; while that is unknown, with the month first.</summary>
    private DateTime? With(DateCell date)
    {
        if (!date.IsOpen)
        {
            return date.With(dayFirst: false);
        }

        if (_dayFirst is null && (date.First > 12 || date.Second > 12))
        {
            _dayFirst = date.First > 12;
            if (_dayFirst == true)
            {
                foreach (ref long ticks in _ticks.Values)
                {
                    ticks = ticks == None ? None : Swapped(new DateTime(ticks)).Ticks;
                }
            }
        }

        _firstNumbers |= 1 << date.First;
        _secondNumbers |= 1 << date.Second;
        return date.With(_dayFirst == true);
    }

    private static DateTime Swapped(DateTime date) => new DateTime(date.Year, date.Day, date.Month) + date.TimeOfDay;
}
