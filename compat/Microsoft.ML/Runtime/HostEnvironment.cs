using System.Globalization;

namespace Microsoft.ML.Runtime;

/// <summary>One node of the tree of environments: the root behind an <see cref="MLContext"/>, or a component registered with it.</summary>
internal sealed class HostEnvironment : IHost, IHostEnvironmentInternal, ICancelable
{
    private readonly HostEnvironment? _parent;
    private readonly Action<LoggingEventArgs> _log;
    private readonly string _name;
    private bool _canceled;

    public HostEnvironment(int? seed, Action<LoggingEventArgs> log)
    {
        Seed = seed;
        _log = log;
        ComponentCatalog = new();
        _name = "";
        Rand = seed is { } value ? new Random(value) : new Random();
    }

    private HostEnvironment(HostEnvironment parent, string name, int? seed)
    {
        _parent = parent;
        _log = parent._log;
        ComponentCatalog = parent.ComponentCatalog;
        _name = name;
        Seed = seed ?? parent.Seed;
        // Components draw their seeds from their parent, so that one seed at the root fixes everything.
        lock (parent.Rand)
        {
            Rand = new Random(seed ?? parent.Rand.Next());
        }
    }

    public int? Seed { get; }

    public ComponentCatalog ComponentCatalog { get; }

    public Random Rand { get; }

    public string ContextDescription => _name;

    public bool IsCanceled => _canceled || _parent is { IsCanceled: true };

    public void CancelExecution() => _canceled = true;

    public IHost Register(string name, int? seed = null, bool? verbose = null) => new HostEnvironment(this, name, seed);

    public IChannel Start(string name) => new Channel(this, name);

    public TException Process<TException>(TException ex) where TException : Exception => ex;

    private sealed class Channel(HostEnvironment host, string name) : IChannel
    {
        public string ContextDescription => host._name.Length == 0 ? name : $"{host._name}; {name}";

        public TException Process<TException>(TException ex) where TException : Exception => ex;

        public void Send(ChannelMessage msg) => host._log(new(msg.Message, msg.Kind, ContextDescription));

        public void Info(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Info, sensitivity, fmt));

        public void Info(MessageSensitivity sensitivity, string fmt, params object?[] args) => Info(sensitivity, Format(fmt, args));

        public void Warning(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Warning, sensitivity, fmt));

        public void Warning(MessageSensitivity sensitivity, string fmt, params object?[] args) => Warning(sensitivity, Format(fmt, args));

        public void Dispose()
        {
        }

        private static string Format(string format, object?[] args) => string.Format(CultureInfo.InvariantCulture, format, args);
    }
}
