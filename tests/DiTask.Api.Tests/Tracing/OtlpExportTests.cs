using System.Diagnostics;
using DiTask.Api.Hosting;
using DiTask.Api.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;

namespace DiTask.Api.Tests.Tracing;

[Collection("Tracing")]
public sealed class OtlpExportTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("Tracing:Endpoint")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public async Task Predict_EndpointConfigured_SpansArriveThere(string setting)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using ServiceFactory factory = new((setting, receiver.Address));
        HttpClient client = await factory.CreateReadyClientAsync();
        (string header, ActivityTraceId trace, ActivitySpanId caller) = TraceRecorder.NewParent();
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict?tasks=depth") { Content = Pictures.Raw(Pictures.Gray(60)), Headers = { { "traceparent", header } } };

        await client.SendAsync(request);

        await FlushUntilAsync(factory, () => receiver.Spans.Any(span => span.Trace == $"{trace}" && span.Parent == $"{caller}")
            && receiver.Spans.Any(span => span.LinkedTraces.Contains($"{trace}")));
        OtlpSpan[] own = [.. receiver.Spans.Where(span => span.Trace == $"{trace}")];
        Assert.Equal(["POST /predict", "decode", "encode", "predict", "preprocess", "queue"], own.Select(span => span.Name).Order(StringComparer.Ordinal));
        Assert.All(own, span => Assert.Equal("ditask", span.Service));
        OtlpSpan batch = Assert.Single(receiver.Spans, span => span.LinkedTraces.Contains($"{trace}"));
        Assert.Equal(("batch", ""), (batch.Name, batch.Parent));
    }

    [Fact]
    public async Task Predict_CallerDoesNotRecord_NothingIsSent()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using ServiceFactory factory = new(("Tracing:Endpoint", receiver.Address));
        HttpClient client = await factory.CreateReadyClientAsync();
        (string off, ActivityTraceId silent, _) = TraceRecorder.NewParent();
        (string on, ActivityTraceId recorded, ActivitySpanId caller) = TraceRecorder.NewParent();

        foreach (string header in (string[])[off[..^2] + "00", on])
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/predict?tasks=depth") { Content = Pictures.Raw(Pictures.Gray(60)), Headers = { { "traceparent", header } } };
            await client.SendAsync(request);
        }

        await FlushUntilAsync(factory, () => receiver.Spans.Any(span => span.Trace == $"{recorded}" && span.Parent == $"{caller}"));
        Assert.DoesNotContain(receiver.Spans, span => span.Trace == $"{silent}" || span.LinkedTraces.Contains($"{silent}"));
    }

    [Fact]
    public async Task Predict_ReceiverGone_IsAnsweredAllTheSame()
    {
        OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        string address = receiver.Address;
        await receiver.DisposeAsync();
        await using ServiceFactory factory = new(("Tracing:Endpoint", address));
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(60)));

        Assert.True(response.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("Tracing:Endpoint", "collector:4318", "Tracing:Endpoint is an http or https address")]
    [InlineData("Tracing:SampleRatio", "1.5", "SampleRatio")]
    public void AddTracing_WrongOptions_AreRefusedAtStart(string key, string value, string message)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder([$"--{key}", value]);
        builder.AddTracing();

        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => builder.BuildChecked());

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static async Task FlushUntilAsync(ServiceFactory factory, Func<bool> isThere)
    {
        TracerProvider provider = factory.Services.GetRequiredService<TracerProvider>();
        long start = Stopwatch.GetTimestamp();
        while (!isThere())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, "The spans did not arrive.");
            await Task.Run(() => provider.ForceFlush());
        }
    }
}
