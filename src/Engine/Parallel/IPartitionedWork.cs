namespace EE569.Engine.Parallel;

/// <summary>Work that falls into independent parts, numbered from 0.</summary>
internal interface IPartitionedWork
{
    /// <summary>Does one part. Parts write to different places, so their order and thread do not matter.</summary>
    void Execute(int part);
}
