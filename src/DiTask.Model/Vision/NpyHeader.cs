using System.Globalization;

namespace DiTask.Model.Vision;

/// <summary>The three facts of a NumPy file's header.</summary>
/// <param name="Descr">Type, such as &lt;f4.</param>
/// <param name="FortranOrder">The first axis is the fastest.</param>
/// <param name="Shape">Sizes, slowest axis first.</param>
internal sealed record NpyHeader(string Descr, bool FortranOrder, IReadOnlyList<int> Shape)
{
    /// <summary>Reads the Python dictionary of a header; null where it is not one with exactly these three entries.</summary>
    public static NpyHeader? Parse(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        string? descr = null;
        bool? fortranOrder = null;
        List<int>? shape = null;
        if (!Take(ref rest, '{'))
        {
            return null;
        }

        while (!Take(ref rest, '}'))
        {
            if (TakeQuoted(ref rest) is not { } key || !Take(ref rest, ':'))
            {
                return null;
            }

            bool taken = key switch
            {
                "descr" => descr is null && (descr = TakeQuoted(ref rest)) is not null,
                "fortran_order" => fortranOrder is null && (fortranOrder = TakeFlag(ref rest)) is not null,
                "shape" => shape is null && (shape = TakeSizes(ref rest)) is not null,
                _ => false,
            };
            if (!taken || (!Take(ref rest, ',') && !rest.StartsWith('}')))
            {
                return null;
            }
        }

        return rest.IsEmpty && descr is not null && fortranOrder is { } order && shape is not null ? new NpyHeader(descr, order, shape) : null;
    }

    private static bool Take(ref ReadOnlySpan<char> rest, char expected)
    {
        if (!rest.StartsWith(expected))
        {
            return false;
        }

        rest = rest[1..].TrimStart();
        return true;
    }

    private static string? TakeQuoted(ref ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith('\''))
        {
            return null;
        }

        int end = rest[1..].IndexOf('\'');
        if (end < 0)
        {
            return null;
        }

        string text = rest.Slice(1, end).ToString();
        rest = rest[(end + 2)..].TrimStart();
        return text;
    }

    private static bool? TakeFlag(ref ReadOnlySpan<char> rest)
    {
        bool? value = rest.StartsWith("True", StringComparison.Ordinal) ? true : rest.StartsWith("False", StringComparison.Ordinal) ? false : null;
        if (value is { } flag)
        {
            rest = rest[(flag ? 4 : 5)..].TrimStart();
        }

        return value;
    }

    private static List<int>? TakeSizes(ref ReadOnlySpan<char> rest)
    {
        List<int> sizes = [];
        if (!Take(ref rest, '('))
        {
            return null;
        }

        while (!Take(ref rest, ')'))
        {
            int digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits < 1 || !int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out int size))
            {
                return null;
            }

            sizes.Add(size);
            rest = rest[digits..].TrimStart();
            if (!Take(ref rest, ',') && !rest.StartsWith(')'))
            {
                return null;
            }
        }

        return sizes;
    }
}
