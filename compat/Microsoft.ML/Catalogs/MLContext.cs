using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The starting point: data, transforms, trainers and models hang off it, and its seed makes them repeatable.</summary>
public sealed class MLContext : IHostEnvironmentInternal, ICancelable
{
    private readonly HostEnvironment _environment;

    public MLContext(int? seed = null)
    {
        _environment = new(seed, args => Log?.Invoke(this, args));
        BinaryClassification = new(_environment);
        MulticlassClassification = new(_environment);
        Regression = new(_environment);
        Transforms = new(_environment);
        Model = new(_environment);
        Data = new(_environment);
    }

    public event EventHandler<LoggingEventArgs>? Log;

    public BinaryClassificationCatalog BinaryClassification { get; }

    public MulticlassClassificationCatalog MulticlassClassification { get; }

    public RegressionCatalog Regression { get; }

    public TransformsCatalog Transforms { get; }

    public ModelOperationsCatalog Model { get; }

    public DataOperationsCatalog Data { get; }

    public ComponentCatalog ComponentCatalog => _environment.ComponentCatalog;

    string IExceptionContext.ContextDescription => _environment.ContextDescription;

    int? IHostEnvironmentInternal.Seed => _environment.Seed;

    bool ICancelable.IsCanceled => _environment.IsCanceled;

    internal void CancelExecution() => _environment.CancelExecution();

    void ICancelable.CancelExecution() => CancelExecution();

    IHost IHostEnvironment.Register(string name, int? seed, bool? verbose) => _environment.Register(name, seed, verbose);

    IChannel IChannelProvider.Start(string name) => _environment.Start(name);

    TException IExceptionContext.Process<TException>(TException ex) => _environment.Process(ex);
}
