using System.Net;
using System.Net.Sockets;
using DiTask.Api.Hosting;
using DiTask.Api.Metrics;
using DiTask.Api.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace DiTask.Api.Tests.Metrics;

public sealed class MetricsPortTests
{
    // Below the ports that Linux gives to those who ask for any, so that nobody gets one between the choice and its use.
    private const int LowestPort = 20_000;
    private const int HighestPort = 32_000;

    [Fact]
    public async Task Port_OfItsOwn_HasMetricsAndNothingElse()
    {
        int port = FreePort();
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            "--Metrics:Port", $"{port}", "--Security:CorsOrigins:0", "https://example.org", "--Hosting:DrainDelay", "00:00:00");
        using HttpClient metrics = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        string text = await metrics.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.True(new Exposition(text)["process_resident_memory_bytes"] > 0);
        await (await service.Client.GetAsync(new Uri("/metrics", UriKind.Relative))).ProblemAsync(404, "not_found");
        foreach (string address in (string[])["/", "/style.css", "/readyz", "/tasks", "/openapi/v1.json", "/swagger", "/v2"])
        {
            await (await metrics.GetAsync(new Uri(address, UriKind.Relative))).ProblemAsync(404, "not_found");
            Assert.NotEqual(HttpStatusCode.NotFound, (await service.Client.GetAsync(new Uri(address, UriKind.Relative))).StatusCode);
        }

        await (await metrics.PostAsync(new Uri("/predict", UriKind.Relative), Pictures.Raw(Pictures.Gray(50)))).ProblemAsync(404, "not_found");
        Assert.Equal(HttpStatusCode.NotFound, (await AskLeaveAsync(metrics)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await AskLeaveAsync(service.Client)).StatusCode);
        using HttpRequestMessage pretending = new(HttpMethod.Get, "/metrics") { Headers = { Host = $"localhost:{port}" } };
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.SendAsync(pretending)).StatusCode);
    }

    [Theory]
    [InlineData("http://localhost:8080", "http://localhost:8080;http://localhost:9090")]
    [InlineData("http://127.0.0.1:8080;http://[::1]:8080;", "http://127.0.0.1:8080;http://[::1]:8080;http://localhost:9090")]
    [InlineData("http://unix:/tmp/ditask.sock", "http://unix:/tmp/ditask.sock;http://localhost:9090")]
    [InlineData("http://+:8080", "http://+:8080;http://*:9090")]
    [InlineData("http://0.0.0.0:8080", "http://0.0.0.0:8080;http://*:9090")]
    [InlineData("http://localhost:8080;http://10.1.2.3:8080", "http://localhost:8080;http://10.1.2.3:8080;http://*:9090")]
    public async Task UseMetricsPort_EachAddress_SeenFromOutsideOnlyWhereTheServiceIs(string urls, string expected)
    {
        await using WebApplication app = Build("--urls", urls, "--Metrics:Port", "9090");

        app.UseMetricsPort();

        Assert.Equal(expected, app.Configuration[WebHostDefaults.ServerUrlsKey]);
    }

    [Fact]
    public async Task UseMetricsPort_Default_ChangesNoAddress()
    {
        await using WebApplication app = Build("--urls", "http://+:8080");

        app.UseMetricsPort();

        Assert.Equal("http://+:8080", app.Configuration[WebHostDefaults.ServerUrlsKey]);
    }

    [Theory]
    [InlineData("http://+:9090", "Metrics:Port is 9090, which is the service's own port (http://+:9090); expected another, or 0 for the same.")]
    [InlineData(" ", "Metrics:Port is 9090, beside the addresses of the service; expected some in --urls or ASPNETCORE_URLS, found none.")]
    public async Task UseMetricsPort_NoPlaceBeside_SaysSo(string urls, string expected)
    {
        await using WebApplication app = Build("--urls", urls, "--Metrics:Port", "9090");

        Exception exception = Assert.ThrowsAny<Exception>(app.UseMetricsPort);

        Assert.Equal([expected], HostingSetup.ConfigurationErrors(exception));
    }

    [Theory]
    [InlineData("70000")]
    [InlineData("-1")]
    public async Task UseMetricsPort_NoPort_IsRefused(string port)
    {
        await using WebApplication app = Build("--Metrics:Port", port);

        Exception exception = Assert.ThrowsAny<Exception>(app.UseMetricsPort);

        Assert.Contains("Port", Assert.Single(HostingSetup.ConfigurationErrors(exception)), StringComparison.Ordinal);
    }

    private static WebApplication Build(params string[] arguments)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(arguments);
        builder.AddHosting();
        builder.Services.AddServiceMetrics();
        return builder.Build();
    }

    private static async Task<HttpResponseMessage> AskLeaveAsync(HttpClient client)
    {
        using HttpRequestMessage request = new(HttpMethod.Options, "/predict");
        request.Headers.Add("Origin", "https://example.org");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        return await client.SendAsync(request);
    }

    private static int FreePort()
    {
        while (true)
        {
            int port = Random.Shared.Next(LowestPort, HighestPort);
            try
            {
                using TcpListener listener = new(IPAddress.Any, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's: another one.
            }
        }
    }
}
