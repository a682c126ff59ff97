namespace EE569.Reliability.Tests;

/// <summary>A folder of its own for a test, deleted with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ee569-reliability-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
