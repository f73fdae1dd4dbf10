using System.Globalization;
using System.Net;

namespace DiTask.Api.Tests.Hosting;

/// <summary>Signals to the process that people run.</summary>
public class DrainProcessTests
{
    private static readonly Uri Ready = new("/readyz", UriKind.Relative);
    private static readonly Uri Metrics = new("/metrics", UriKind.Relative);

    /// <summary>The queue waits a second for company, so that requests still wait in it when the signal comes.</summary>
    [Fact]
    public async Task Terminate_UnderLoad_EveryAcceptedRequestIsAnsweredAndTheProcessEndsWell()
    {
        const int Requests = 8;
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            "--Hosting:DrainDelay", "00:00:00", "--Batching:MaxQueueDelay", "00:00:01", "--Batching:Sizes", "1,16");
        Task<HttpResponseMessage>[] requests =
            [.. Enumerable.Range(0, Requests).Select(level => service.Client.PostAsync("/predict?size=source", Pictures.Raw(Pictures.Gray(level, 640, 480))))];
        while (Arrived(await service.Client.GetStringAsync(Metrics)) < Requests)
        {
            await Task.Yield();
        }

        await service.SignalAsync("TERM");

        foreach (Task<HttpResponseMessage> request in requests)
        {
            Assert.Equal(4, (await (await request).JsonAsync()).GetProperty("images")[0].GetProperty("maps").Names().Length);
        }

        Assert.Equal(0, await service.ExitCodeAsync());
        Assert.Contains(service.Output, line => line.Contains("Drained: every accepted request is answered", StringComparison.Ordinal));
        await Assert.ThrowsAsync<HttpRequestException>(() => service.Client.GetAsync(Ready));
    }

    [Fact]
    public async Task Terminate_Delay_IsNotReadyButAnswersUntilASecondSignal()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync("--Hosting:DrainDelay", "00:10:00");

        await service.SignalAsync("TERM");

        HttpResponseMessage ready;
        do
        {
            ready = await service.Client.GetAsync(Ready);
        }
        while (ready.StatusCode == HttpStatusCode.OK); // Signals are delivered when the system likes.

        Assert.Equal("draining", (await ready.JsonAsync(HttpStatusCode.ServiceUnavailable)).GetProperty("state").GetString());
        await (await service.Client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(1)))).JsonAsync();
        await service.SignalAsync("TERM");
        Assert.Equal(143, await service.ExitCodeAsync());
    }

    [Fact]
    public async Task Interrupt_Delay_DoesNotKeepThePersonAtTheKeyboard()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync("--Hosting:DrainDelay", "00:10:00");

        await service.SignalAsync("INT");

        Assert.Equal(0, await service.ExitCodeAsync());
    }

    /// <summary>Images that wait or are done with.</summary>
    private static double Arrived(string metrics) => metrics.Split('\n')
        .Where(line => line.StartsWith("ditask_queue_images{", StringComparison.Ordinal) || line.StartsWith("ditask_images_total{", StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
