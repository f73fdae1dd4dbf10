using System.Diagnostics;

namespace DiTask.Api.Tracing;

/// <summary>The service's source of activities. Without a listener, starting one gives null and costs a comparison.</summary>
internal static class Traces
{
    public const string SourceName = "DiTask";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether anybody listens.</summary>
    public static bool AreOn => Source.HasListeners();

    /// <summary>Starts a part of the current activity; null when nobody listens.</summary>
    public static Activity? Start(string name) => Source.StartActivity(name);

    /// <summary>Starts a part of the current activity and says on what it works; null when nobody listens.</summary>
    public static Activity? Start(string name, string tag, string value) => Source.StartActivity(name)?.SetTag(tag, value);

    /// <summary>Adds a part of the current activity that is over already.</summary>
    public static void Add(string name, DateTimeOffset start, TimeSpan duration, string tag, string value)
    {
        if (AreOn && Activity.Current is { } parent)
        {
            using Activity? activity = Source.StartActivity(name, ActivityKind.Internal, parent.Context, startTime: start);
            activity?.SetTag(tag, value).SetEndTime((start + duration).UtcDateTime);
        }
    }

    /// <summary>Starts a trace of its own that names the traces it works for; null when none of them is recorded.</summary>
    public static Activity? StartRoot(string name, IEnumerable<ActivityContext> members)
    {
        if (!AreOn)
        {
            return null;
        }

        ActivityLink[] links = [.. members.Where(member => (member.TraceFlags & ActivityTraceFlags.Recorded) != 0).Distinct().Select(member => new ActivityLink(member))];
        if (links.Length == 0)
        {
            return null;
        }

        Activity? outer = Activity.Current;
        Activity.Current = null;
        Activity? activity = Source.StartActivity(name, ActivityKind.Internal, parentContext: default, links: links);
        if (activity is null)
        {
            Activity.Current = outer;
        }

        return activity;
    }
}
