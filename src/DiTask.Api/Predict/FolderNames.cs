using System.Buffers;

namespace DiTask.Api.Predict;

/// <summary>Makes names of folders from image ids, which are whatever the caller sent: safe on every system, and no two alike in any case.</summary>
/// <param name="reserved">A name that no folder may have.</param>
internal sealed class FolderNames(string reserved)
{
    private const int MaxLength = 80;

    private static readonly SearchValues<char> Safe = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    // Devices on Windows, with any extension.
    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" })],
        StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> taken = new([reserved], StringComparer.OrdinalIgnoreCase);

    /// <summary>The folder of the image <paramref name="id"/>: letters, digits, dot, dash and underscore of ASCII, at most 80 and a number.</summary>
    public string Add(string id)
    {
        string name = string.Concat(id.Select(character => Safe.Contains(character) ? character : '_'));
        name = name[..Math.Min(name.Length, MaxLength)].Trim('.');
        name = name.Length == 0 ? "image" : Devices.Contains(name.Split('.')[0]) ? "_" + name : name;
        string unique = name;
        for (int number = 2; !taken.Add(unique); number++)
        {
            unique = $"{name}-{number}";
        }

        return unique;
    }
}
