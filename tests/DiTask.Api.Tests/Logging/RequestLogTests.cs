using System.Diagnostics;
using System.Text.Json;
using DiTask.Api.Tests.Tracing;

namespace DiTask.Api.Tests.Logging;

public sealed class RequestLogTests
{
    private readonly LogLines lines = LogLines.OfConsole;

    [Fact]
    public async Task Predict_Json_OneLineWithEverything()
    {
        await using ServiceFactory factory = new(("Logging:Format", "json"));
        HttpClient client = await factory.CreateReadyClientAsync();
        (string header, ActivityTraceId trace, _) = TraceRecorder.NewParent();
        using MultipartFormDataContent form = Pictures.Form(("a", Pictures.Gray(50)), ("b", [1, 2, 3])).With("tasks", "depth,semseg");
        long bytesIn = (await form.ReadAsByteArrayAsync()).Length;

        HttpResponseMessage response = await SendAsync(client, "/predict", form, "log-1", header);
        long bytesOut = (await response.Content.ReadAsByteArrayAsync()).Length;

        JsonElement line = await EntryAsync("log-1");
        Assert.Equal("Information", line.GetProperty("Level").GetString());
        JsonElement properties = line.GetProperty("Properties");
        Assert.Equal(
            ("POST", "/predict", 200, "ok"),
            (Text("RequestMethod"), Text("RequestPath"), properties.GetProperty("StatusCode").GetInt32(), Text("Outcome")));
        Assert.Equal(("depth+semseg", 2L, 1L, 1L, 1L), (Text("Tasks"), Number("Images"), Number("ImagesFailed"), Number("BatchImages"), Number("BatchRequests")));
        Assert.Equal((bytesIn, bytesOut), (Number("BytesIn"), Number("BytesOut")));
        Assert.Equal(trace.ToHexString(), Text("TraceId"));
        Assert.All(
            (string[])["Elapsed", "DecodeMs", "PreprocessMs", "QueueMs", "InferMs", "EncodeMs"],
            name => Assert.True(properties.GetProperty(name).GetDouble() >= 0));

        string? Text(string name) => properties.GetProperty(name).GetString();
        long Number(string name) => properties.GetProperty(name).GetInt64();
    }

    [Fact]
    public async Task Predict_Error_TheOutcomeIsItsCode()
    {
        await using ServiceFactory factory = new(("Logging:Format", "json"));
        HttpClient client = await factory.CreateReadyClientAsync();

        await SendAsync(client, "/predict?tasks=cats", Pictures.Raw(Pictures.Gray(50)), "log-2", null);

        JsonElement properties = (await EntryAsync("log-2")).GetProperty("Properties");
        Assert.Equal((400, "unknown_task"), (properties.GetProperty("StatusCode").GetInt32(), properties.GetProperty("Outcome").GetString()));
        Assert.Equal(32, properties.GetProperty("TraceId").GetString()!.Length);
    }

    [Fact]
    public async Task Infer_Json_HasTheSameMembers()
    {
        await using ServiceFactory factory = new(("Logging:Format", "json"));
        HttpClient client = await factory.CreateReadyClientAsync();
        using ByteArrayContent body = new(Pictures.Gray(50));
        body.Headers.Add("Inference-Header-Content-Length", "0");

        await SendAsync(client, "/v2/models/fake/infer", body, "log-3", null);

        JsonElement properties = (await EntryAsync("log-3")).GetProperty("Properties");
        Assert.All(
            (string[])["Images", "Tasks", "BatchImages", "DecodeMs", "QueueMs", "InferMs", "PostprocessMs", "BytesIn", "BytesOut", "Outcome", "TraceId"],
            name => Assert.True(properties.TryGetProperty(name, out _), name));
    }

    [Fact]
    public async Task Predict_Text_IsOneLineForPeople()
    {
        await using ServiceFactory factory = new();
        HttpClient client = await factory.CreateReadyClientAsync();

        await SendAsync(client, "/predict?tasks=depth", Pictures.Raw(Pictures.Gray(50)), "log-4", null);

        Assert.Matches(
            @"^\d\d:\d\d:\d\d INF POST /predict 200 in [\d.]+ ms: 1 images \(0 failed\), depth, batch of 1 from 1 requests, decode;dur=.* \[log-4\]\r?$",
            await lines.WithAsync("[log-4]"));
    }

    [Fact]
    public async Task Requests_RefusedAndProbing_AreOneLineEach()
    {
        await using ServiceFactory factory = new(("Security:PredictKeys:0", "predict-key-of-the-tests-1"));
        factory.Model.Gate.Reset();
        HttpClient client = factory.CreateClient();
        using HttpRequestMessage probe = new(HttpMethod.Get, "/readyz") { Headers = { { "X-Request-Id", "log-5" } } };

        await client.SendAsync(probe);
        await SendAsync(client, "/predict", Pictures.Raw(Pictures.Gray(50)), "log-6", null);
        factory.Model.Gate.Set();

        Assert.Contains(" WRN GET /readyz 503 ", await lines.WithAsync("[log-5]"), StringComparison.Ordinal);
        Assert.Contains(" INF POST /predict 401 ", await lines.WithAsync("[log-6]"), StringComparison.Ordinal);
        Assert.DoesNotContain(lines.Written, line => line.Contains(" INF AuthenticationScheme", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.Written, line => line.Contains(" ERR Health check", StringComparison.Ordinal));
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string address, HttpContent content, string id, string? traceparent)
    {
        HttpRequestMessage request = new(HttpMethod.Post, address) { Content = content, Headers = { { "X-Request-Id", id } } };
        if (traceparent is not null)
        {
            request.Headers.Add("traceparent", traceparent);
        }

        return client.SendAsync(request);
    }

    private async Task<JsonElement> EntryAsync(string id) => JsonDocument.Parse(await lines.WithAsync($"\"RequestId\":\"{id}\"")).RootElement;
}
