namespace EE569.Package.Tests;

/// <summary>A program in a project of its own, outside the repository, as a user of the library would write it.</summary>
internal static class ConsumerProject
{
    /// <summary>References to the assemblies built beside this test.</summary>
    public static string BuiltAssemblies { get; } = string.Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
        .Where(path => Path.GetFileName(path) is "EE569.Trainers.dll" or "EE569.Engine.dll" || Path.GetFileName(path).StartsWith("Microsoft.ML", StringComparison.Ordinal))
        .Select(path => $"""<Reference Include="{path}" />"""));

    /// <summary>Builds and runs a program in a folder that has data/iris.csv; returns what it printed.</summary>
    public static string Run(string folder, string program, string references, string properties = "")
    {
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        File.WriteAllText(Path.Combine(folder, "consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable>{properties}</PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
            </Project>
            """);
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        File.Copy(Repository.PathOf("data", "iris.csv"), Path.Combine(folder, "data", "iris.csv"));
        return ChildProcess.Succeed(folder, "dotnet", "run", "--project", "consumer.csproj");
    }
}
