using System.Net;
using System.Text.Json;
using DiTask.Api.Models;
using DiTask.Api.Problems;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DiTask.Api.Tests.Health;

public sealed class HealthTests : IAsyncDisposable
{
    private readonly ServiceFactory factory = new();

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Theory]
    [InlineData("/livez")]
    [InlineData("/healthz")]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/readyz")]
    [InlineData("/health/ready")]
    [InlineData("/startupz")]
    public async Task Probe_ModelReady_Is200WithTheState(string address)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement health = await (await client.GetAsync(new Uri(address, UriKind.Relative))).JsonAsync();

        Assert.Equal("""{"live":true,"ready":true,"state":"ready","models":[{"name":"fake","ready":true}]}""", health.GetRawText());
    }

    [Fact]
    public async Task Probe_ModelWarming_IsLiveAndNotReady()
    {
        factory.Model.Gate.Reset();
        HttpClient client = factory.CreateClient();
        await factory.Model.Started.WaitAsync();

        await (await client.GetAsync(new Uri("/livez", UriKind.Relative))).JsonAsync();
        JsonElement ready = await (await client.GetAsync(new Uri("/readyz", UriKind.Relative))).JsonAsync(HttpStatusCode.ServiceUnavailable);
        await (await client.GetAsync(new Uri("/startupz", UriKind.Relative))).JsonAsync(HttpStatusCode.ServiceUnavailable);
        HttpResponseMessage predict = await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(1)));

        Assert.Equal("warming", ready.GetProperty("state").GetString());
        await predict.ProblemAsync(503, "warming");
        Assert.NotNull(predict.Headers.RetryAfter);
        factory.Model.Gate.Set();
    }

    [Fact]
    public async Task Probe_ModelFailed_IsNotLive()
    {
        factory.Model.OpenFailure = new InvalidDataException("/secret/place is broken");
        HttpClient client = factory.CreateClient();
        await (factory.Services.GetRequiredService<ModelHost>().ExecuteTask ?? Task.CompletedTask);

        JsonElement live = await (await client.GetAsync(new Uri("/livez", UriKind.Relative))).JsonAsync(HttpStatusCode.ServiceUnavailable);
        await (await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(503, "model_failed");
        await (await client.GetAsync(new Uri("/tasks", UriKind.Relative))).ProblemAsync(503, "model_failed");

        Assert.Equal("""{"live":false,"ready":false,"state":"failed","models":[]}""", live.GetRawText());
    }

    [Fact]
    public async Task Stop_RequestRunning_IsNotReadyAtOnceAndFinishes()
    {
        factory.UseKestrel(0); // The test server would not wait for its requests.
        HttpClient client = await factory.CreateReadyClientAsync();
        ModelHost host = factory.Services.GetRequiredService<ModelHost>();
        Task<HttpResponseMessage> running = await factory.SendBlockedAsync(client);

        factory.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(("draining", ModelState.Draining), (host.StateName, host.State));
        Assert.Equal("draining", ErrorCatalogue.Describe(ModelHost.Unavailable(host.State).Code).Code);
        factory.Model.Gate.Set();
        await (await running).JsonAsync();
    }
}
