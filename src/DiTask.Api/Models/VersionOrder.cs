using System.Globalization;

namespace DiTask.Api.Models;

/// <summary>Versions from lowest to highest: numbers by value, whatever else before them by spelling.</summary>
internal sealed class VersionOrder : IComparer<string>
{
    public static VersionOrder Instance { get; } = new();

    /// <summary>Whether a folder of this name holds a version of a model: a whole number without leading zeros.</summary>
    public static bool IsVersion(string name) =>
        name.Length > 0 && (name == "0" || name[0] != '0') && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    public int Compare(string? x, string? y)
    {
        bool isNumber = long.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out long left);
        bool isOtherNumber = long.TryParse(y, NumberStyles.None, CultureInfo.InvariantCulture, out long right);
        return isNumber && isOtherNumber ? left.CompareTo(right)
            : isNumber != isOtherNumber ? isNumber.CompareTo(isOtherNumber)
            : string.CompareOrdinal(x, y);
    }
}
