namespace EE569.Package.Tests;

/// <summary>A folder of its own for a test, outside the repository, deleted with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ee569-package-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
