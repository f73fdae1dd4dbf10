using System.Text;

namespace DiTask.Model.Data.Folders;

/// <summary>A text file with the name of one picture per line.</summary>
internal static class SplitFile
{
    private const long MaxBytes = 64 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The names, in the order of the file; empty lines are left out, repeated names are not.</summary>
    /// <exception cref="DatasetException">No such file, not UTF-8, no names, or one that cannot be the name of a file.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        string text = DatasetFile.Read(path, file => Strict.GetString(DatasetFile.Bytes(file, MaxBytes, "a list of names, one per line")).TrimStart('\uFEFF'));
        string[] ids = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ids.Length == 0)
        {
            throw new DatasetException($"'{path}': expected the name of one picture per line; found none.");
        }

        foreach (string id in ids)
        {
            RequireName(path, id);
        }

        return ids;
    }

    /// <summary>Refuses what would be another folder's file.</summary>
    /// <exception cref="DatasetException">The name has a separator, a control character, or begins with a dot.</exception>
    public static void RequireName(string path, string id)
    {
        if (id.Length is 0 or > 200 || id[0] == '.' || id.AsSpan().IndexOfAny('/', '\\', ':') >= 0 || id.Any(char.IsControl))
        {
            string shown = new([.. id.Take(80).Select(letter => char.IsControl(letter) ? '?' : letter)]);
            throw new DatasetException($"'{path}': expected a name without folder and extension; found '{shown}'.");
        }
    }
}
