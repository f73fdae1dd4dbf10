namespace DiTask.Api.Security;

/// <summary>A file of keys: one a line; empty lines and lines that begin with '#' are no keys.</summary>
internal static class KeyFile
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IReadOnlyList<string> Read(string? path) => string.IsNullOrEmpty(path)
        ? []
        : [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
}
