using System.Runtime.InteropServices;
using DiTask.Api.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DiTask.Api.Tests.Hosting;

public sealed class SignalLifetimeTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly Application application = new();
    private readonly List<int> exits = [];
    private readonly Drain drain;
    private readonly SignalLifetime signals;

    public SignalLifetimeTests()
    {
        drain = new Drain(Options.Create(new HostingOptions { DrainDelay = TimeSpan.FromSeconds(5) }), application, time, NullLogger<Drain>.Instance);
        signals = new SignalLifetime(drain, application) { Exit = exits.Add };
    }

    public void Dispose()
    {
        signals.Dispose();
        drain.Dispose();
        application.Dispose();
    }

    [Fact]
    public void Receive_Terminate_StopsTheHostAndStaysOpenForTheDelay()
    {
        signals.Receive(PosixSignal.SIGTERM);

        Assert.True(application.ApplicationStopping.IsCancellationRequested);
        Assert.Equal((true, false), (drain.IsDraining, drain.IsClosed));
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(drain.IsClosed);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(drain.IsClosed);
        Assert.Empty(exits);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGQUIT)]
    public void Receive_Keyboard_IsClosedAtOnce(PosixSignal signal)
    {
        signals.Receive(signal);

        Assert.True(application.ApplicationStopping.IsCancellationRequested);
        Assert.True(drain.IsClosed);
        Assert.Empty(exits);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public void Receive_SecondSignal_EndsTheProcess(PosixSignal second, int exit)
    {
        signals.Receive(PosixSignal.SIGTERM);
        signals.Receive(second);

        Assert.Equal([exit], exits);
    }

    [Fact]
    public async Task Stopping_WithoutASignal_DoesNotWait()
    {
        await drain.StoppingAsync(CancellationToken.None);

        Assert.True(drain.IsClosed);
    }

    [Fact]
    public async Task Stopping_AfterTerminate_WaitsForTheDelayAndThenForRequests()
    {
        TaskCompletionSource answered = new();
        Microsoft.AspNetCore.Http.DefaultHttpContext context = new();
        Task request = drain.CountAsync(context, _ => answered.Task);
        signals.Receive(PosixSignal.SIGTERM);
        Task stopping = drain.StoppingAsync(CancellationToken.None);
        Assert.False(stopping.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(stopping.IsCompleted);
        answered.SetResult();
        await request;

        await stopping;
    }

    [Fact]
    public async Task Stopping_TimeOver_ReturnsWithRequestsInProgress()
    {
        TaskCompletionSource answered = new();
        Task request = drain.CountAsync(new Microsoft.AspNetCore.Http.DefaultHttpContext(), _ => answered.Task);
        using CancellationTokenSource timeout = new();

        Task stopping = drain.StoppingAsync(timeout.Token);
        Assert.False(stopping.IsCompleted);
        await timeout.CancelAsync();

        await stopping;
        answered.SetResult();
        await request;
    }

    private sealed class Application : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => stopping.Cancel();

        public void Dispose() => stopping.Dispose();
    }
}
