namespace DiTask.Api.Models;

/// <summary>How often something was, and how long in all.</summary>
internal record struct CountedTime(long Count, long Nanoseconds)
{
    public void Add(TimeSpan time)
    {
        Count++;
        Nanoseconds += time.Ticks * TimeSpan.NanosecondsPerTick;
    }
}
