using System.Globalization;

namespace DiTask.Api.Batching;

/// <summary>Sizes that a run may have: ascending, each once, the first of them 1, so that any number of items is a sum of them.</summary>
internal sealed class BatchSizes
{
    /// <summary>What no machine of today runs at once.</summary>
    private const int Limit = 256;

    private readonly int[] sizes;

    private BatchSizes(int[] sizes) => this.sizes = sizes;

    /// <summary>What a valid list looks like, for errors.</summary>
    public static string Expected { get; } = string.Create(CultureInfo.InvariantCulture, $"whole numbers with commas between, ascending, the first of them 1, the last at most {Limit}");

    public IReadOnlyList<int> All => sizes;

    public int Largest => sizes[^1];

    /// <summary>Reads a list such as <c>1,2,4</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static BatchSizes Parse(string text) => TryParse(text) ?? throw new FormatException($"Expected {Expected}; found '{text}'.");

    /// <summary>The same; null when it is none.</summary>
    public static BatchSizes? TryParse(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        int[] sizes = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            bool isNumber = int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i]);
            if (!isNumber || sizes[i] > Limit || (i == 0 ? sizes[i] != 1 : sizes[i] <= sizes[i - 1]))
            {
                return null;
            }
        }

        return new BatchSizes(sizes);
    }

    /// <summary>The largest size that is at most <paramref name="count"/>, which is at least 1.</summary>
    public int AtMost(int count) => Array.FindLast(sizes, size => size <= count);

    /// <summary>The smallest size that holds <paramref name="count"/> items; the largest of all when none does.</summary>
    public int AtLeast(int count) => count >= Largest ? Largest : Array.Find(sizes, size => size >= count);

    /// <summary>Those that are at most <paramref name="count"/>, which is at least 1.</summary>
    public BatchSizes UpTo(int count) => count >= Largest ? this : new BatchSizes(Array.FindAll(sizes, size => size <= count));
}
