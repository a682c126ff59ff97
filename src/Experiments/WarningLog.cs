using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace EE569.Experiments;

/// <summary>What trainers and transformers warn of: each once, however often it comes with other numbers.</summary>
internal sealed partial class WarningLog
{
    private readonly List<(string Key, string Message, int Count)> _heard = [];

    /// <summary>The first of its kind for each warning, with how often it came.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard.Select(warning => warning.Count == 1 ? warning.Message : $"{warning.Message} ({warning.Count} times, not always with these numbers)")];
            }
        }
    }

    /// <summary>Begins to listen.</summary>
    public static WarningLog Of(MLContext ml)
    {
        var log = new WarningLog();
        ml.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning)
            {
                log.Add(message.RawMessage);
            }
        };
        return log;
    }

    public void Add(string message)
    {
        string key = Number().Replace(message, "#");
        lock (_heard)
        {
            int known = _heard.FindIndex(warning => warning.Key == key);
            if (known < 0)
            {
                _heard.Add((key, message.ReplaceLineEndings(" "), 1));
            }
            else
            {
                _heard[known] = _heard[known] with { Count = _heard[known].Count + 1 };
            }
        }
    }

    [GeneratedRegex(@"\d[\d.,]*(E[+-]?\d+)?")]
    private static partial Regex Number();
}
