using DiTask.Api.Hosting;
using DiTask.Api.Logging;
using DiTask.Api.Models;
using DiTask.Api.Predict;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Tests.Hosting;

public class HostingTests
{
    [Fact]
    public void BuildChecked_SeveralWrongSettings_ReportsThemAll()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            ["--Logging:Format", "xml", "--Batching:Sizes", "2,1", "--Limits:MaxImages", "0", "--Limits:Deadline", "00:10:00"]);
        builder.AddHosting();
        builder.AddRequestLog();
        builder.Services.AddModels();
        builder.Services.AddPredict();

        Exception exception = Assert.ThrowsAny<Exception>(() => builder.BuildChecked());

        string errors = string.Join('\n', HostingSetup.ConfigurationErrors(exception));
        Assert.Contains("Models:Path is missing", errors, StringComparison.Ordinal);
        Assert.Contains("Logging:Format is text or json", errors, StringComparison.Ordinal);
        Assert.Contains("Batching:Sizes is '2,1'", errors, StringComparison.Ordinal);
        Assert.Contains("MaxImages", errors, StringComparison.Ordinal);
        Assert.Contains("Limits:Deadline is 00:10:00, more than Limits:MaxDeadline = 00:02:00", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "http://localhost:8080")]
    [InlineData("http://127.0.0.1:9999", "http://127.0.0.1:9999")]
    public void AddHosting_Urls_AreOnlyADefault(string? given, string expected)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(given is null ? [] : ["--urls", given]);
        builder.AddHosting();

        Assert.Equal(expected, builder.Configuration[WebHostDefaults.ServerUrlsKey]);
    }

    [Fact]
    public async Task AddHosting_LimitsOfTheServer_AreThoseOfTheOptions()
    {
        await using ServiceFactory factory = new(
            ("Limits:HeadersTimeout", "00:00:07"), ("Limits:MinBodyBytesPerSecond", "1000"), ("Limits:MaxBodyBytes", "30000000"));
        await using ServiceFactory patient = new(("Limits:MinBodyBytesPerSecond", "0"));

        KestrelServerLimits limits = factory.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal(TimeSpan.FromSeconds(7), limits.RequestHeadersTimeout);
        Assert.Equal((1000d, 1000d), (limits.MinRequestBodyDataRate!.BytesPerSecond, limits.MinResponseDataRate!.BytesPerSecond));
        Assert.Equal(30_000_000, limits.MaxRequestBodySize);
        Assert.Null(patient.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.MinRequestBodyDataRate);
    }
}
