using System.Reflection;

namespace EE569.Package.Tests;

/// <summary>
/// The public API is what PublicAPI.txt beside each project says, so that a change of it is seen in review.
/// To accept a change: EE569_ACCEPT_PUBLIC_API=1 dotnet test tests/Package.Tests, and commit the files.
/// </summary>
[TestClass]
public sealed class PublicApiTests
{
    [TestMethod]
    [DataRow("Engine")]
    [DataRow("Trainers")]
    public void Public_API_is_the_recorded_one(string project)
    {
        string file = Repository.PathOf("src", project, "PublicAPI.txt");
        string actual = PublicApiText.Of(Assembly.Load($"EE569.{project}"));
        if (Environment.GetEnvironmentVariable("EE569_ACCEPT_PUBLIC_API") == "1")
        {
            File.WriteAllText(file, actual);
        }

        string[] recorded = File.ReadAllLines(file);
        string[] lines = actual.TrimEnd('\n').Split('\n');
        string[] added = [.. lines.Except(recorded).Take(10)];
        string[] removed = [.. recorded.Except(lines).Take(10)];
        Assert.IsTrue(lines.SequenceEqual(recorded),
            $"The public API of EE569.{project} differs from {file}.\nNew: {string.Join("\n     ", added)}\nGone: {string.Join("\n      ", removed)}\nIf it is meant, set EE569_ACCEPT_PUBLIC_API=1, run this test again and commit the file.");
    }
}
