using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DiTask.Api.Batching;
using DiTask.Api.Models;
using DiTask.Api.Predict;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DiTask.Api.Tests.Predict;

/// <summary>A busy model: the queue, the deadline, callers who leave.</summary>
public sealed class PredictLoadTests
{
    [Fact]
    public async Task Predict_QueueFull_IsRefusedWithRetryAfter()
    {
        await using ServiceFactory factory = new(("Batching:QueueCapacity", "2"), ("Batching:Sizes", "1"));
        HttpClient client = await factory.CreateReadyClientAsync();
        Task<HttpResponseMessage> running = await factory.SendBlockedAsync(client);
        Task<HttpResponseMessage> queued = client.PostAsync("/predict", Pictures.Form(("a", Pictures.Gray(1)), ("b", Pictures.Gray(2))));
        await factory.WaitForQueueAsync(2);

        HttpResponseMessage refused = await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(3)));

        JsonElement problem = await refused.ProblemAsync(429, "queue_full");
        Assert.True(problem.GetProperty("retryable").GetBoolean());
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 38);
        factory.Model.Gate.Set();
        await (await running).JsonAsync();
        await (await queued).JsonAsync();
    }

    /// <summary>Only the headers are sent, so that an answer cannot have waited for the body.</summary>
    [Theory]
    [InlineData("/predict")]
    [InlineData("/v2/models/fake/infer")]
    public async Task Predict_QueueFull_IsSaidBeforeTheBodyIsSent(string path)
    {
        await using ServiceFactory factory = new(("Batching:QueueCapacity", "1"), ("Batching:Sizes", "1"));
        factory.UseKestrel(0);
        HttpClient client = await factory.CreateReadyClientAsync();
        Task<HttpResponseMessage> running = await factory.SendBlockedAsync(client);
        Task<HttpResponseMessage> queued = client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(1)));
        await factory.WaitForQueueAsync(1);
        using TcpClient socket = new();
        await socket.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port);
        using StreamReader reader = new(socket.GetStream(), Encoding.ASCII);

        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nContent-Length: 20000000\r\n\r\n"));

        Assert.Equal("HTTP/1.1 429 Too Many Requests", await reader.ReadLineAsync());
        factory.Model.Gate.Set();
        await (await running).JsonAsync();
        await (await queued).JsonAsync();
    }

    [Fact]
    public async Task Predict_MoreImagesThanRoom_IsRefusedAsAWhole()
    {
        await using ServiceFactory factory = new(("Batching:QueueCapacity", "2"), ("Batching:Sizes", "1"));
        HttpClient client = await factory.CreateReadyClientAsync();
        Task<HttpResponseMessage> running = await factory.SendBlockedAsync(client);

        await (await client.PostAsync("/predict", Pictures.Form(("a", Pictures.Gray(1)), ("b", Pictures.Gray(2)), ("c", Pictures.Gray(3))))).ProblemAsync(429, "queue_full");

        factory.Model.Gate.Set();
        await (await running).JsonAsync();
    }

    [Fact]
    public async Task Predict_DeadlinePassesInTheQueue_Is504WithItsStage()
    {
        FakeTimeProvider time = new();
        await using ServiceFactory factory = new(("Batching:Sizes", "1")) { Time = time };
        HttpClient client = await factory.CreateReadyClientAsync();
        Task<HttpResponseMessage> running = await factory.SendBlockedAsync(client);
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict") { Content = Pictures.Raw(Pictures.Gray(1)) };
        request.Headers.Add("X-Request-Timeout", "2.5");
        Task<HttpResponseMessage> late = client.SendAsync(request);
        await factory.WaitForQueueAsync(1);

        time.Advance(TimeSpan.FromSeconds(2.5));

        JsonElement problem = await (await late).ProblemAsync(504, "deadline_exceeded");
        Assert.Contains("had 2.5 s and was in stage 'queue and run'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        factory.Model.Gate.Set();
        await (await running).JsonAsync();
    }

    [Fact]
    public async Task Predict_DeadlinePassesInTheRun_StopsItWhenNobodyElseWaits()
    {
        FakeTimeProvider time = new();
        await using ServiceFactory factory = new() { Time = time };
        HttpClient client = await factory.CreateReadyClientAsync();
        Task<HttpResponseMessage> running = await factory.SendBlockedAsync(client);

        time.Advance(TimeSpan.FromSeconds(30));

        await (await running).ProblemAsync(504, "deadline_exceeded");
    }

    [Fact]
    public async Task Predict_TimeoutAboveTheCap_IsTheCap()
    {
        FakeTimeProvider time = new();
        await using ServiceFactory factory = new() { Time = time };
        HttpClient client = await factory.CreateReadyClientAsync();
        client.DefaultRequestHeaders.Add("X-Request-Timeout", "3600");
        Task<HttpResponseMessage> running = await factory.SendBlockedAsync(client);

        time.Advance(TimeSpan.FromSeconds(120));

        JsonElement problem = await (await running).ProblemAsync(504, "deadline_exceeded");
        Assert.Contains("had 120 s", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_CallerLeavesTheQueue_IsNeverRun()
    {
        await using ServiceFactory factory = new(("Batching:Sizes", "1"));
        HttpClient client = await factory.CreateReadyClientAsync();
        int before = factory.Model.Runs;
        Task<HttpResponseMessage> running = await factory.SendBlockedAsync(client);
        using CancellationTokenSource caller = new();
        Task<HttpResponseMessage> leaving = client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(1)), caller.Token);
        await factory.WaitForQueueAsync(1);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        await factory.WaitForQueueAsync(0);
        factory.Model.Gate.Set();
        await (await running).JsonAsync();
        Assert.Equal(before + 1, factory.Model.Runs);
        Assert.Equal(1, factory.Batcher.Cancelled);
    }

    [Fact]
    public async Task Predict_PixelMemoryInUse_IsRefusedWithRetryAfter()
    {
        await using ServiceFactory factory = new(
            ("Limits:DecodeMemoryBytes", "2100000"), ("Limits:MaxImagePixels", "300000"), ("Limits:DecodeMemoryWait", "00:00:00"));
        HttpClient client = await factory.CreateReadyClientAsync();
        IDisposable? share = await factory.Services.GetRequiredService<MemoryBudget>().TryEnterAsync(2_099_999, CancellationToken.None);

        HttpResponseMessage refused = await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(1)));

        JsonElement problem = await refused.ProblemAsync(429, "memory_budget");
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("Limits:DecodeMemoryBytes", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        share!.Dispose();
        await (await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(1)))).JsonAsync();
    }
}
