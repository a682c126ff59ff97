namespace EE569.Package.Tests;

/// <summary>`dotnet pack` on projects that the build of these tests has built.</summary>
internal static class Packing
{
    private static string Configuration => AppContext.BaseDirectory.Replace('\\', '/').Contains("/Debug/", StringComparison.Ordinal) ? "Debug" : "Release";

    /// <summary>Packs a project into a folder; it must succeed.</summary>
    public static void Pack(string project, string folder) =>
        ChildProcess.Succeed(Repository.Root, "dotnet", "pack", "-c", Configuration, "--no-build", project, "-o", folder);
}
