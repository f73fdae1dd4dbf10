using System.Text.RegularExpressions;
using DiTask.Tests;

namespace DiTask.Model.Tests;

/// <summary>A C# file of the repository.</summary>
/// <param name="Name">Path below the repository, for messages.</param>
/// <param name="Folders">Folders between the one searched and the file.</param>
/// <param name="Text">Everything in it.</param>
internal sealed partial record SourceFile(string Name, string[] Folders, string Text)
{
    /// <summary>The text without comments, which may name what the code may not use.</summary>
    public string Code { get; } = Comment().Replace(Text, "");

    /// <summary>The topmost of those folders; empty for a file that lies in none.</summary>
    public string Folder => Folders.Length == 0 ? "" : Folders[0];

    /// <summary>Every C# file below a folder of the repository.</summary>
    public static IReadOnlyList<SourceFile> Below(params string[] folder)
    {
        string root = Path.Combine([Fixture.Repository, .. folder]);
        SourceFile[] files = [.. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Select(path => new SourceFile(
            Path.GetRelativePath(Fixture.Repository, path),
            Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar)[..^1],
            File.ReadAllText(path)))];
        // A rule over no files would hold for ever.
        Assert.NotEmpty(files);
        return files;
    }

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
