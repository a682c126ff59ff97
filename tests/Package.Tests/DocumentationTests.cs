using System.Text.RegularExpressions;

namespace EE569.Package.Tests;

/// <summary>The pages lead where they say, and README stays short.</summary>
[TestClass]
public sealed partial class DocumentationTests
{
    private static readonly string[] pages = [.. Repository.Files("*.md")];

    [TestMethod]
    public void Every_link_leads_to_a_file_of_the_repository_and_to_a_heading_in_it()
    {
        var broken = new List<string>();
        int followed = 0;
        foreach (string page in pages)
        {
            foreach (string link in Links(page).Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)))
            {
                followed++;
                string[] parts = link.Split('#', 2);
                string target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0]));
                string path = Repository.PathOf(target);
                bool exists = File.Exists(path) || Directory.Exists(path);
                if (!exists || (parts.Length == 2 && !Headings(path).Contains(parts[1])))
                {
                    broken.Add($"{page}: {link}");
                }
            }
        }

        Assert.IsEmpty(broken, string.Join('\n', broken));
        Assert.IsGreaterThan(20, followed, "the pattern finds no links");
    }

    [TestMethod]
    public void The_index_of_docs_names_every_page_of_it()
    {
        string[] links = [.. Links("docs/README.md")];
        foreach (string page in pages.Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && page != "docs/README.md"))
        {
            CollectionAssert.Contains(links, page["docs/".Length..]);
        }
    }

    [TestMethod]
    public void Readme_has_fewer_than_200_lines() => Assert.IsLessThan(200, File.ReadAllLines(Repository.PathOf("README.md")).Length);

    [TestMethod]
    public void Samples_are_six_programs_of_fewer_than_40_lines()
    {
        string[] samples = [.. Repository.Files("*Sample.cs").Where(path => path.StartsWith("samples/", StringComparison.Ordinal))];
        Assert.HasCount(6, samples);
        foreach (string sample in samples)
        {
            Assert.IsLessThan(40, File.ReadAllLines(Repository.PathOf(sample)).Length, sample);
        }
    }

    /// <summary>Targets of Markdown links and pictures outside code.</summary>
    private static IEnumerable<string> Links(string page) =>
        LinkPattern().Matches(CodePattern().Replace(File.ReadAllText(Repository.PathOf(page)), "")).Select(match => match.Groups["target"].Value);

    /// <summary>The anchors that GitHub makes of a page's headings.</summary>
    private static HashSet<string> Headings(string path) => [.. File.ReadLines(path)
        .Where(line => line.StartsWith('#'))
        .Select(line => new string([.. line.TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c)]))];

    [GeneratedRegex("""\]\((?<target>[^)\s]+)\)""")]
    private static partial Regex LinkPattern();

    [GeneratedRegex("""^```.*?^```|`[^`\n]+`""", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodePattern();
}
