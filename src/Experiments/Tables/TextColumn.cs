using System.Text;
using Microsoft.Data.Analysis;

namespace EE569.Experiments.Tables;

/// <summary>Reads texts; equal ones are kept once.</summary>
/// <param name="name">The column's name.</param>
/// <param name="format">How the table writes cells.</param>
/// <param name="expected">About how many rows there are.</param>
internal class TextColumn(string name, CellFormat format, long expected) : ColumnReader(name, CellKind.Text, format)
{
    /// <summary>Different values are counted, and kept once, up to here.</summary>
    public const int MostDistinct = 65_536;

    private const int MostOnStack = 256, None = -1, MostExamples = 3;

    private readonly CellBuffer<int> _codes = new(expected);
    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private readonly List<string> _values = [];
    private readonly List<(long Count, long FirstLine)> _uses = [];

    public override long Fitting => _codes.Count - Missing;

    /// <summary>The different values; those beyond <see cref="MostDistinct"/> as often as they occur.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>How often each of <see cref="Values"/> occurs, and the line where it does first.</summary>
    public IReadOnlyList<(long Count, long FirstLine)> Uses => _uses;

    public bool HasMoreDistinct => _values.Count > MostDistinct;

    /// <summary>The cells as they are written, those too that are counted as missing; null for blank ones.</summary>
    public IEnumerable<string?> Cells => CellsBut([]);

    public override void Add(ReadOnlySpan<byte> cell, long line)
    {
        _codes.Add(cell.IsEmpty ? None : CodeOf(cell, line));
        if (_codes.Values[^1] == None)
        {
            AddMissing(line);
        }
    }

    public override LoadedColumn Column()
    {
        HashSet<int> missing = MissingCodes();
        foreach (int code in missing)
        {
            AddMissing(_uses[code].FirstLine, _uses[code].Count);
        }

        return Describe(new StringDataFrameColumn(Name, CellsBut(missing))) with
        {
            Distinct = Math.Min(_values.Count, MostDistinct + 1) - missing.Count,
            HasMoreDistinct = HasMoreDistinct,
            Examples = [.. _values.Where((_, code) => !missing.Contains(code)).Take(MostExamples).Select(Shortened)],
            Note = missing.Count > 0 ? $"{string.Join(", ", missing.Select(code => $"'{_values[code]}'"))} counted as missing" : null,
        };
    }

    private IEnumerable<string?> CellsBut(HashSet<int> missing)
    {
        for (int i = 0; i < _codes.Count; i++)
        {
            int code = _codes.Values[i];
            yield return code == None || missing.Contains(code) ? null : _values[code];
        }
    }

    private int CodeOf(ReadOnlySpan<byte> cell, long line)
    {
        char[]? rented = cell.Length > MostOnStack ? System.Buffers.ArrayPool<char>.Shared.Rent(cell.Length) : null;
        Span<char> chars = rented ?? stackalloc char[MostOnStack];
        ReadOnlySpan<char> text = chars[..Encoding.UTF8.GetChars(cell, chars)];
        int code = None;
        if (!text.IsWhiteSpace() && !_codeOf.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out code))
        {
            code = _values.Count;
            _values.Add(text.ToString());
            _uses.Add((0, line));
            if (code < MostDistinct)
            {
                _codeOf.Add(_values[code], code);
            }
        }

        if (code != None)
        {
            _uses[code] = (_uses[code].Count + 1, _uses[code].FirstLine);
        }

        if (rented is not null)
        {
            System.Buffers.ArrayPool<char>.Shared.Return(rented);
        }

        return code;
    }

    /// <summary>The values that stand for missing ones.</summary>
    protected HashSet<int> MissingCodes()
    {
        if (Format.MissingWords is { } words)
        {
            return [.. _values.Index().Where(item => words.Contains(item.Item.Trim())).Select(item => item.Index)];
        }

        return HasMoreDistinct ? [] : [.. CellWords.MissingTexts(_values).Select(value => _codeOf[value])];
    }
}
