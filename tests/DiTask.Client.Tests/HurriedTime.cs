using Microsoft.Extensions.Time.Testing;

namespace DiTask.Client.Tests;

/// <summary>A clock that jumps to the end of every pause and keeps how long each was.</summary>
internal sealed class HurriedTime : FakeTimeProvider
{
    public List<TimeSpan> Pauses { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        Pauses.Add(dueTime);
        ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        return timer;
    }
}
