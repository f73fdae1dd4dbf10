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

    [Theory]
    [InlineData("a fault of the model", 500, "Error")]
    [InlineData("CUDA failure 2: out of memory ; GPU=0", 503, "Warning")]
    public async Task Predict_RunFails_TheLevelFollowsTheStatus(string failure, int status, string level)
    {
        await using ServiceFactory factory = new(("Logging:Format", "json"));
        HttpClient client = await factory.CreateReadyClientAsync();
        factory.Model.Failure = _ => new InvalidOperationException(failure);

        await SendAsync(client, "/predict?tasks=depth", Pictures.Raw(Pictures.Gray(50)), $"log-level-{status}", null);

        JsonElement line = await EntryAsync($"log-level-{status}");
        Assert.Equal((status, level), (line.GetProperty("Properties").GetProperty("StatusCode").GetInt32(), line.GetProperty("Level").GetString()));
    }

    [Fact]
    public async Task Predict_ClientLeaves_IsAnOrdinaryLineThatSaysSo()
    {
        await using ServiceFactory factory = new(("Logging:Format", "json"));
        HttpClient client = await factory.CreateReadyClientAsync();
        factory.Model.Hold();
        using CancellationTokenSource leave = new();
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict?tasks=depth") { Content = Pictures.Raw(Pictures.Gray(50)), Headers = { { "X-Request-Id", "log-left" } } };
        Task<HttpResponseMessage> pending = client.SendAsync(request, leave.Token);
        await factory.Model.Started.WaitAsync();

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        JsonElement line = await EntryAsync("log-left");
        factory.Model.Gate.Set();

        JsonElement properties = line.GetProperty("Properties");
        Assert.Equal(
            ("Information", 499, "cancelled"),
            (line.GetProperty("Level").GetString(), properties.GetProperty("StatusCode").GetInt32(), properties.GetProperty("Outcome").GetString()));
    }

    [Fact]
    public async Task Probe_ThatSucceeds_IsNotLogged()
    {
        await using ServiceFactory factory = new(("Logging:Format", "json"));
        HttpClient client = await factory.CreateReadyClientAsync();
        using HttpRequestMessage probe = new(HttpMethod.Get, "/livez") { Headers = { { "X-Request-Id", "log-probe" } } };

        using HttpResponseMessage alive = await client.SendAsync(probe);
        await SendAsync(client, "/predict?tasks=depth", Pictures.Raw(Pictures.Gray(50)), "log-behind", null);

        await EntryAsync("log-behind");
        Assert.True(alive.IsSuccessStatusCode);
        Assert.Equal(0, lines.Count("\"RequestId\":\"log-probe\""));
    }

    /// <summary>What an endpoint notes goes to the line of its own request, and each request has one line.</summary>
    [Fact]
    public async Task Predict_ManyAtOnce_EachHasOneLineOfItsOwn()
    {
        await using ServiceFactory factory = new(("Logging:Format", "json"));
        HttpClient client = await factory.CreateReadyClientAsync();
        int[] counts = [1, 2, 3, 1, 2, 3, 1, 2, 3];

        await Task.WhenAll(counts.Select((count, index) => SendAsync(
            client,
            "/predict",
            Pictures.Form([.. Enumerable.Range(0, count).Select(image => ($"i{image}", Pictures.Gray(50)))]).With("tasks", "depth"),
            $"log-many-{index}",
            null)));

        JsonElement[] entries = await Task.WhenAll(counts.Select((_, index) => EntryAsync($"log-many-{index}")));
        Assert.Equal(counts, entries.Select(entry => entry.GetProperty("Properties").GetProperty("Images").GetInt32()));
        Assert.All(Enumerable.Range(0, counts.Length), index => Assert.Equal(1, lines.Count($"\"RequestId\":\"log-many-{index}\"")));
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
