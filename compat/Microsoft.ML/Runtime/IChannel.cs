namespace Microsoft.ML.Runtime;

[Flags]
public enum MessageSensitivity
{
    None = 0,
    UserData = 1,
    Schema = 2,
    Unknown = -1,
    All = -1,
}

public enum ChannelMessageKind
{
    Trace,
    Info,
    Warning,
    Error,
}

public readonly struct ChannelMessage
{
    public readonly ChannelMessageKind Kind;
    public readonly MessageSensitivity Sensitivity;

    internal ChannelMessage(ChannelMessageKind kind, MessageSensitivity sensitivity, string message)
    {
        (Kind, Sensitivity, Message) = (kind, sensitivity, message);
    }

    public string Message { get; }
}

public interface IPipe<TMessage> : IExceptionContext, IDisposable
{
    void Send(TMessage msg);
}

/// <summary>Where an algorithm reports; the messages arrive at <see cref="MLContext.Log"/>.</summary>
public interface IChannel : IPipe<ChannelMessage>
{
    void Info(MessageSensitivity sensitivity, string fmt);

    void Info(MessageSensitivity sensitivity, string fmt, params object?[] args);

    void Warning(MessageSensitivity sensitivity, string fmt);

    void Warning(MessageSensitivity sensitivity, string fmt, params object?[] args);

}

internal static class ChannelExtensions
{
    public static void Info(this IChannel channel, string message) => channel.Info(MessageSensitivity.None, message);

    public static void Warning(this IChannel channel, string message) => channel.Warning(MessageSensitivity.None, message);
}
