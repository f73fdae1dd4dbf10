using System.Collections.Concurrent;
using System.Diagnostics;
using DiTask.Api.Tracing;

namespace DiTask.Api.Tests.Tracing;

/// <summary>Listens to the service's activities. Other tests' services are heard too, so a test asks for traces of its own.</summary>
internal sealed class TraceRecorder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<Activity> stopped = [];
    private readonly ActivityListener listener;
    private volatile TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TraceRecorder()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Traces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>A traceparent that no other test has.</summary>
    public static (string Header, ActivityTraceId Trace, ActivitySpanId Span) NewParent()
    {
        ActivityTraceId trace = ActivityTraceId.CreateRandom();
        ActivitySpanId span = ActivitySpanId.CreateRandom();
        return ($"00-{trace}-{span}-01", trace, span);
    }

    /// <summary>Activities that match, when there are <paramref name="count"/> of them.</summary>
    public async Task<Activity[]> WaitAsync(int count, Func<Activity, bool> matches)
    {
        while (true)
        {
            Task next = arrival.Task;
            Activity[] found = [.. stopped.Where(matches)];
            if (found.Length >= count)
            {
                return found;
            }

            await next.WaitAsync(Patience);
        }
    }

    public void Dispose() => listener.Dispose();

    private void Add(Activity activity)
    {
        stopped.Enqueue(activity);
        Interlocked.Exchange(ref arrival, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
