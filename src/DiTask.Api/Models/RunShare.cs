namespace DiTask.Api.Models;

/// <summary>What each image of a run cost: the time of a part, divided by the images that asked for it. Added rows are shared like the others.</summary>
/// <param name="Trunk">Of the trunk.</param>
/// <param name="Tasks">By task, of its branch.</param>
internal sealed record RunShare(TimeSpan Trunk, IReadOnlyDictionary<string, TimeSpan> Tasks);
