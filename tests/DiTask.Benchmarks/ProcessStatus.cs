using System.Globalization;

namespace DiTask.Benchmarks;

/// <summary>What the kernel says of a process.</summary>
internal static class ProcessStatus
{
    /// <summary>A number of /proc/PROCESS/status, such as <c>VmRSS</c> or <c>VmHWM</c> in kilobytes; 0 when a process that has ended has none.</summary>
    public static long Read(int process, string name) => File.ReadLines($"/proc/{process}/status")
        .Where(line => line.StartsWith(name + ":", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)).FirstOrDefault();
}
