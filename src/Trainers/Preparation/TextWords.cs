using System.Buffers;

namespace EE569.Trainers.Preparation;

/// <summary>Which words of free text, and which pairs of neighbours, get slots: the most frequent ones. Case does not matter.</summary>
/// <param name="environment">Where a cancellation is heard.</param>
/// <param name="options">The options.</param>
internal sealed class TextWords(IHostEnvironment environment, TableFeaturizingEstimator.Options options)
{
    /// <summary>What divides words: blanks, punctuation and signs, those of the Latin and of the Chinese script.</summary>
    public const string Separators = "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F"
        + " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\u007F\u0085\u00A0¡¢£¤¥¦§¨©«¬\u00AD®¯°±´¶·¸»¿×÷\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u200B‐‑‒–—―‖‗‘’‚‛“”„‟†‡•‣…"
        + "\u2028\u2029\u202F‰′″‹›※⁄\u205F€₹₽™−\u3000、。〈〉《》「」『』【】〔〕・！（），．／：；？［］｛｝～\uFEFF";

    private static readonly SearchValues<char> Split = SearchValues.Create(Separators);

    private const int RowsBetweenChecks = 1024;

    /// <summary>So many different spellings are counted; later ones are not.</summary>
    private const int MostSpellings = 500_000;

    /// <summary>The plan with its words and pairs; none where no word comes in enough rows.</summary>
    public ColumnPlan AddTo(ColumnPlan plan, IDataView view)
    {
        Word[] words = [.. Frequent(Count(plan.Name, view), word => word.Rows, word => word.Spellings[0])];
        var pairs = Frequent(CountPairs(plan.Name, view, words), pair => pair.Value.Rows, pair => $"{words[pair.Key.First].Spellings[0]} {words[pair.Key.Second].Spellings[0]}").ToArray();

        // The inverse frequency of rows, where 1 keeps a word that is in every row (as in scikit-learn's TfidfVectorizer).
        float Weight(int rows) => 1 + float.Log((1f + plan.Rows - plan.Missing) / (1 + rows));
        return words.Length == 0 ? plan with { Kind = TableColumnKind.Identifier, Reason = $"no word comes in {options.MinimumLevelCount} rows" } : plan with
        {
            Words = [.. words.Select(word => word.Spellings.ToArray())],
            Pairs = [.. pairs.Select(pair => new[] { pair.Key.First, pair.Key.Second })],
            Weights = [.. words.Select(word => Weight(word.Rows)), .. pairs.Select(pair => Weight(pair.Value.Rows))],
        };
    }

    private IEnumerable<T> Frequent<T>(IEnumerable<T> all, Func<T, int> rows, Func<T, string> name) => all.Where(item => rows(item) >= options.MinimumLevelCount)
        .OrderByDescending(rows).ThenBy(name, StringComparer.Ordinal).Take(options.MaximumNgrams);

    private Dictionary<string, Word>.ValueCollection Count(string column, IDataView view)
    {
        var words = new Dictionary<string, Word>();
        var spellings = new Dictionary<string, Word>();
        var lookup = spellings.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (row, text) in Rows(column, view))
        {
            foreach (var range in text.Span.SplitAny(Split))
            {
                var token = text.Span[range];
                if (!token.IsEmpty && (lookup.TryGetValue(token, out var word) || (spellings.Count < MostSpellings && Add(token, out word))))
                {
                    word!.See(row);
                }
            }
        }

        return words.Values;

        bool Add(ReadOnlySpan<char> token, out Word word)
        {
            string spelling = token.ToString(), lower = spelling.ToLowerInvariant();
            if (!words.TryGetValue(lower, out word!))
            {
                words[lower] = word = new();
                foreach (string usual in new[] { lower, lower[..1].ToUpperInvariant() + lower[1..], lower.ToUpperInvariant() })
                {
                    AddSpelling(word, usual);
                }
            }

            AddSpelling(word, spelling);
            return true;
        }

        void AddSpelling(Word word, string spelling)
        {
            if (spellings.TryAdd(spelling, word))
            {
                word.Spellings.Add(spelling);
            }
        }
    }

    private Dictionary<(int First, int Second), Word> CountPairs(string column, IDataView view, Word[] words)
    {
        var counts = new Dictionary<(int First, int Second), Word>();
        var index = words.Index().SelectMany(word => word.Item.Spellings.Select(spelling => (spelling, word.Index))).ToDictionary();
        var lookup = index.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (row, text) in Rows(column, view))
        {
            int previous = -1;
            foreach (var range in text.Span.SplitAny(Split))
            {
                var token = text.Span[range];
                if (!token.IsEmpty)
                {
                    int current = lookup.TryGetValue(token, out int found) ? found : -1;
                    if (previous >= 0 && current >= 0)
                    {
                        (counts.TryGetValue((previous, current), out var pair) ? pair : counts[(previous, current)] = new()).See(row);
                    }

                    previous = current;
                }
            }
        }

        return counts;
    }

    private IEnumerable<(long Row, ReadOnlyMemory<char> Text)> Rows(string column, IDataView view)
    {
        long row = 0;
        foreach (var text in view.GetColumn<ReadOnlyMemory<char>>(view.Schema[column]))
        {
            if (row % RowsBetweenChecks == 0)
            {
                MLNetInternals.CheckAlive(null, environment);
            }

            yield return (row++, text);
        }
    }

    /// <summary>A word, or a pair: in how many rows it is.</summary>
    private sealed class Word
    {
        private long _last = -1;

        public int Rows { get; private set; }

        /// <summary>In small letters, with a capital, in capitals, and whatever else was found.</summary>
        public List<string> Spellings { get; } = [];

        public void See(long row)
        {
            Rows += row == _last ? 0 : 1;
            _last = row;
        }
    }
}
