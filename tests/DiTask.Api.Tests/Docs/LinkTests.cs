using System.Text.RegularExpressions;
using DiTask.Tests;

namespace DiTask.Api.Tests.Docs;

/// <summary>Links and pictures of every page of the repository lead somewhere.</summary>
public sealed partial class LinkTests
{
    /// <summary>Pages, relative to the repository.</summary>
    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Fixture.Repository, "*.md")
        .Concat(new[] { "docs", "models", "tests/Fixtures" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Fixture.Repository, folder), "*.md", SearchOption.AllDirectories)))
        .Select(file => Path.GetRelativePath(Fixture.Repository, file))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_LinksAndPictures_LeadSomewhere(string page)
    {
        string file = Path.Combine(Fixture.Repository, page);
        string[] lost = [.. Link().Matches(Prose(file)).Select(link => link.Groups[1].Value).Where(link => !Exists(file, link))];

        Assert.Empty(lost);
    }

    [Fact]
    public void Exists_LostFileOrHeading_IsFalse()
    {
        string readme = Path.Combine(Fixture.Repository, "README.md");

        Assert.False(Exists(readme, "docs/nothing.md"));
        Assert.False(Exists(readme, "docs/benchmarks.md#nothing"));
        Assert.True(Exists(readme, "docs/benchmarks.md#training"));
    }

    private static bool Exists(string from, string link)
    {
        string[] parts = link.Split('#', 2);
        string target = parts[0].Length == 0 ? from : Path.Combine(Path.GetDirectoryName(from)!, parts[0]);
        return parts.Length == 1
            ? Path.Exists(target)
            : File.Exists(target) && Heading().Matches(Prose(target)).Any(heading => Anchor(heading.Groups[1].Value) == parts[1]);
    }

    private static string Prose(string file) => Fence().Replace(File.ReadAllText(file), "");

    // As code hosts make them: lower case, words joined by hyphens, without punctuation.
    private static string Anchor(string heading) => Punctuation().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?!\w+:)([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
