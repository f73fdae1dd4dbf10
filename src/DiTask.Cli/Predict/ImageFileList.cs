using System.Globalization;
using System.IO.Enumeration;

namespace DiTask.Cli.Predict;

/// <summary>Files, folders and patterns to photos.</summary>
internal static class ImageFileList
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp", ".bmp"];
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>
    /// Photos in the order typed, those of a folder or pattern by name; a photo that is named twice is taken once.
    /// </summary>
    /// <exception cref="PredictException">Something named does not exist or holds no photo; all such are listed.</exception>
    public static IReadOnlyList<ImageFile> Expand(IReadOnlyList<string> arguments)
    {
        List<string> paths = [];
        List<string> problems = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string argument in arguments)
        {
            bool found = false;
            foreach (string path in Find(argument))
            {
                found = true;
                if (seen.Add(Path.GetFullPath(path)))
                {
                    paths.Add(path);
                }
            }

            if (!found)
            {
                problems.Add(Directory.Exists(argument)
                    ? $"folder '{argument}' holds no {string.Join(' ', Extensions)} file"
                    : $"'{argument}' matches no file");
            }
        }

        return problems.Count == 0 ? Name(paths) : throw new PredictException($"Expected photos; found: {string.Join("; ", problems)}.");
    }

    private static IEnumerable<string> Find(string argument)
    {
        if (File.Exists(argument))
        {
            return [argument];
        }

        if (Directory.Exists(argument))
        {
            return Photos(argument);
        }

        return argument.IndexOfAny(Wildcards) < 0 ? [] : Match(argument);
    }

    private static IOrderedEnumerable<string> Photos(string folder) =>
        Directory.EnumerateFiles(folder)
            .Where(path => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);

    // Segment by segment; ** stands for any number of folders. What a pattern names is taken whatever its extension.
    private static IEnumerable<string> Match(string pattern)
    {
        string root = Path.GetPathRoot(pattern) ?? "";
        string[] segments = pattern[root.Length..].Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> folders = [root];
        foreach (string segment in segments[..^1])
        {
            folders = [.. folders.SelectMany(folder => Folders(folder, segment)).Distinct(StringComparer.Ordinal)];
        }

        return folders.SelectMany(folder => Entries(folder, segments[^1], Directory.EnumerateFiles));
    }

    private static IEnumerable<string> Folders(string folder, string segment) => segment switch
    {
        "**" => [folder, .. Directory.EnumerateDirectories(folder.Length == 0 ? "." : folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)],
        _ when segment.IndexOfAny(Wildcards) < 0 => Directory.Exists(Path.Combine(folder, segment)) ? [Path.Combine(folder, segment)] : [],
        _ => Entries(folder, segment, Directory.EnumerateDirectories),
    };

    private static IEnumerable<string> Entries(string folder, string segment, Func<string, IEnumerable<string>> list) =>
        list(folder.Length == 0 ? "." : folder)
            .Select(path => Path.GetFileName(path))
            .Where(name => FileSystemName.MatchesSimpleExpression(segment, name, ignoreCase: false))
            .Order(StringComparer.Ordinal)
            .Select(name => Path.Combine(folder, name));

    // First photos keep their names, later ones get a number that no photo's own name has. Case is ignored: so do some file systems.
    private static ImageFile[] Name(List<string> paths)
    {
        HashSet<string> taken = new(paths.Select(path => Path.GetFileNameWithoutExtension(path)), StringComparer.OrdinalIgnoreCase);
        HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);
        return [.. paths.Select(path =>
        {
            string own = Path.GetFileNameWithoutExtension(path);
            string name = own;
            for (int number = 2; (name != own && taken.Contains(name)) || !used.Add(name); number++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{own}-{number}");
            }

            return new ImageFile(path, name);
        })];
    }
}
