using System.Text.RegularExpressions;

namespace Architecture.Tests;

public partial class DocumentationTests
{
    public static TheoryData<string> Pages => new(Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)
        && (!file.Contains('/', StringComparison.Ordinal) || file.StartsWith("docs/", StringComparison.Ordinal))));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EachRelativeLink_LeadsToAFileOfTheTree(string page)
    {
        var folder = Path.GetDirectoryName(Repository.FullPath(page))!;
        var dead = Links(File.ReadAllText(Repository.FullPath(page)))
            .Where(link => !Path.Exists(Path.Combine(folder, link)));

        Assert.Empty(dead);
    }

    [Fact]
    public void Decision_Each_IsListedInTheFirstRecord()
    {
        var listed = Links(File.ReadAllText(Repository.FullPath("docs/adr/0001-record-decisions.md")));

        var records = Repository.Files.Where(file => file.StartsWith("docs/adr/", StringComparison.Ordinal))
            .Select(Path.GetFileName).Where(name => name != "0001-record-decisions.md");

        Assert.Equal(records, listed);
    }

    [Fact]
    public void Links_OfAPage_AreThoseOutsideCodeThatStayInTheTree() => Assert.Equal(
        ["a.md", "docs/b.png", "c.md"],
        Links("[x](a.md) ![y](docs/b.png)\n```\n[no](code.md)\n```\n[z](c.md#part) [w](https://example.org/d.md) [v](#here) `[no](e.md)`"));

    private static string[] Links(string markdown) =>
        [.. Link().Matches(Code().Replace(markdown, "")).Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(link => link.Length > 0 && !link.Contains("://", StringComparison.Ordinal))];

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline, 1000)]
    private static partial Regex Code();
}
