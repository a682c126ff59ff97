namespace EE569.Engine.Parallel;

/// <summary>The job of the pool for one type of work. There is one, since the pool runs one job at a time: running allocates nothing.</summary>
internal sealed class TypedJob<TWork> : PartitionedJob
    where TWork : struct, IPartitionedWork
{
    private TWork _work;

    private TypedJob()
    {
    }

    public static TypedJob<TWork> Shared { get; } = new();

    public void Prepare(in TWork work, int parts)
    {
        _work = work;
        Reset(parts);
    }

    /// <summary>Lets go of what the work holds.</summary>
    public void Forget() => _work = default;

    protected override void Execute(int part) => _work.Execute(part);
}
