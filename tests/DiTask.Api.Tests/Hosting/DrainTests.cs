using System.Net;
using System.Runtime.InteropServices;
using DiTask.Api.Hosting;
using DiTask.Api.Tests.Problems;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace DiTask.Api.Tests.Hosting;

/// <summary>SIGTERM through HTTP: who is answered what, by the clock.</summary>
public sealed class DrainTests : IAsyncDisposable
{
    private static readonly Uri Ready = new("/readyz", UriKind.Relative);
    private static readonly Uri Live = new("/livez", UriKind.Relative);

    private readonly FakeTimeProvider time = new();
    private readonly ServiceFactory factory;

    public DrainTests() => factory = new ServiceFactory(("Hosting:DrainDelay", "00:00:05")) { Time = time };

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    [ReachesError("draining")]
    public async Task Terminate_RequestsComeAndRun_AreAcceptedForTheDelayThenRefusedAndAllAcceptedOnesAnswered()
    {
        factory.UseKestrel(0);
        HttpClient client = await factory.CreateReadyClientAsync();
        Task<HttpResponseMessage> running = await factory.SendBlockedAsync(client);
        IHostApplicationLifetime application = factory.Services.GetRequiredService<IHostApplicationLifetime>();
        HttpResponseMessage before = await client.GetAsync(Ready);
        SignalLifetime signals = Assert.IsType<SignalLifetime>(factory.Services.GetRequiredService<IHostLifetime>());

        signals.Receive(PosixSignal.SIGTERM);

        HttpResponseMessage after = await client.GetAsync(Ready);
        Assert.Equal("draining", (await after.JsonAsync(HttpStatusCode.ServiceUnavailable)).GetProperty("state").GetString());
        Assert.Equal((null, true), (before.Headers.ConnectionClose, after.Headers.ConnectionClose));
        await (await client.GetAsync(Live)).JsonAsync();
        time.Advance(TimeSpan.FromSeconds(4));
        Task<HttpResponseMessage> late = client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(50)));
        await factory.WaitForQueueAsync(1);

        time.Advance(TimeSpan.FromSeconds(1));
        HttpResponseMessage refused = await client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(60)));
        await refused.ProblemAsync(503, "draining");
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.True(refused.Headers.ConnectionClose);
        await (await client.GetAsync(Live)).JsonAsync();

        factory.Model.Gate.Set();
        Assert.Equal(10, (await (await running).JsonAsync()).Map(0, "depth").GetProperty("min").GetDouble(), 4);
        Assert.Equal(5, (await (await late).JsonAsync()).Map(0, "depth").GetProperty("min").GetDouble(), 4);
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = application.ApplicationStopped.Register(stopped.SetResult);
        await stopped.Task;
    }
}
