namespace EE569.Engine.Kernels;

/// <summary>The threads a training may use.</summary>
internal sealed class Workers
{
    private Workers(int count) => Count = count;

    public static Workers Single { get; } = new(1);

    public int Count { get; }

    public static Workers Of(int numberOfThreads) => numberOfThreads == 1 ? Single : new(numberOfThreads);
}
