namespace Microsoft.ML.Data;

/// <summary>Text columns often repeat a few values, such as labels: those share one string each.</summary>
internal sealed class StringPool
{
    private const int Capacity = 1024;
    private readonly HashSet<string> _strings = [];
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public StringPool() => _lookup = _strings.GetAlternateLookup<ReadOnlySpan<char>>();

    public string GetString(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return "";
        }

        if (!_lookup.TryGetValue(text, out string? value))
        {
            value = text.ToString();
            if (_strings.Count < Capacity)
            {
                _strings.Add(value);
            }
        }

        return value;
    }
}
