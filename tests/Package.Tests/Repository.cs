using System.Reflection;

namespace EE569.Package.Tests;

/// <summary>The checkout that this test assembly was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>"Package" or "Compat": the ML.NET that this build uses.</summary>
    public static string MLNet { get; } = Metadata("MLNet");

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
