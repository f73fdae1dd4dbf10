using System.Globalization;

namespace DiTask.Api.Models;

/// <summary>How much memory is left, to the container if it has a limit and on the machine.</summary>
internal static class MemoryProbe
{
    private const string Machine = "/proc/meminfo";
    private const string Available = "MemAvailable:";
    private const long BytesPerUnit = 1024;

    /// <summary>An estimate: what the limit leaves beside this process, and not more than the machine has.</summary>
    public static long FreeBytes()
    {
        long belowLimit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
        return Math.Max(0, Math.Min(belowLimit, OnMachine() ?? belowLimit));
    }

    private static long? OnMachine() => !File.Exists(Machine)
        ? null
        : File.ReadLines(Machine)
            .Where(line => line.StartsWith(Available, StringComparison.Ordinal))
            .Select(line => (long?)long.Parse(line.AsSpan(Available.Length).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture) * BytesPerUnit)
            .FirstOrDefault();
}
