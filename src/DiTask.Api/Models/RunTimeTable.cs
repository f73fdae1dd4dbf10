using System.Globalization;
using DiTask.Model.Inference;

namespace DiTask.Api.Models;

/// <summary>What the warm-up measured: by the images of a run, the time of the trunk and of each branch for all of them.</summary>
/// <param name="BySize">One entry per allowed size.</param>
internal sealed record RunTimeTable(IReadOnlyDictionary<int, RunTimings> BySize)
{
    /// <summary>Trunk and all branches.</summary>
    public IReadOnlyDictionary<int, TimeSpan> Totals { get; } = BySize.ToDictionary(entry => entry.Key, entry => entry.Value.Total);

    /// <summary>One line for the log.</summary>
    public override string ToString() => string.Join(", ", BySize.OrderBy(entry => entry.Key).Select(entry => string.Create(
        CultureInfo.InvariantCulture, $"{entry.Key}: {entry.Value.Total.TotalMilliseconds:0.0} ms (trunk {entry.Value.Trunk.TotalMilliseconds:0.0})")));
}
