using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace EE569.Trainers.Tests.Support;

/// <summary>What reached <see cref="MLContext.Log"/>.</summary>
internal sealed class Log
{
    private readonly List<LoggingEventArgs> _messages = [];

    public Log(MLContext ml) => ml.Log += (_, message) =>
    {
        lock (_messages)
        {
            _messages.Add(message);
        }
    };

    public IReadOnlyList<string> Warnings => Of(ChannelMessageKind.Warning);

    public IReadOnlyList<string> Infos => Of(ChannelMessageKind.Info);

    private string[] Of(ChannelMessageKind kind)
    {
        lock (_messages)
        {
            return [.. _messages.Where(message => message.Kind == kind).Select(message => message.Message)];
        }
    }
}
