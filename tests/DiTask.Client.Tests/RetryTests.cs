using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;

namespace DiTask.Client.Tests;

public sealed class RetryTests
{
    private readonly HurriedTime time = new();

    [Fact]
    public async Task Get_RetryableErrors_IsRepeatedWithGrowingJitteredPauses()
    {
        StubHandler stub = new(Busy, Busy, StubHandler.NoTasks);

        IReadOnlyList<TaskDescription> tasks = await Client(stub).GetTasksAsync();

        Assert.Empty(tasks);
        Assert.Equal(3, stub.Requests.Count);
        Assert.Equal(2, time.Pauses.Count);
        Assert.InRange(time.Pauses[0].TotalMilliseconds, 125, 250);
        Assert.InRange(time.Pauses[1].TotalMilliseconds, 250, 500);
    }

    [Fact]
    public async Task Get_AlwaysBusy_GivesUpAfterMaxRetries()
    {
        StubHandler stub = new(Busy);

        DiTaskException error = await Assert.ThrowsAsync<DiTaskException>(() => Client(stub).GetTasksAsync());

        Assert.Equal(4, stub.Requests.Count);
        Assert.Equal((429, "queue_full", "Title.", "Detail.", "r1", true), (error.Status, error.Code, error.Title, error.Detail, error.RequestId, error.Retryable));
    }

    [Fact]
    public async Task Get_ErrorThatIsNotRetryable_IsNotRepeated()
    {
        StubHandler stub = new(() => StubHandler.Problem(HttpStatusCode.ServiceUnavailable, "model_failed", retryable: false));

        await Assert.ThrowsAsync<DiTaskException>(() => Client(stub).GetTasksAsync());

        Assert.Single(stub.Requests);
        Assert.Empty(time.Pauses);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_RetryAfter_IsWaitedForInSecondsAndAsADate(bool asDate)
    {
        HttpResponseMessage BusyFor()
        {
            HttpResponseMessage answer = Busy();
            answer.Headers.RetryAfter = asDate
                ? new RetryConditionHeaderValue(time.GetUtcNow().AddSeconds(7))
                : new RetryConditionHeaderValue(TimeSpan.FromSeconds(7));
            return answer;
        }

        StubHandler stub = new(BusyFor, StubHandler.NoTasks);

        await Client(stub).GetTasksAsync();

        Assert.InRange(Assert.Single(time.Pauses).TotalSeconds, 7.125, 7.25);
    }

    [Fact]
    public async Task Get_RetryAfterLongerThanAllowed_IsNotWaitedFor()
    {
        StubHandler stub = new(() =>
        {
            HttpResponseMessage answer = Busy();
            answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromMinutes(5));
            return answer;
        });

        DiTaskException error = await Assert.ThrowsAsync<DiTaskException>(() => Client(stub).GetTasksAsync());

        Assert.Equal(TimeSpan.FromMinutes(5), error.RetryAfter);
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task Predict_StreamThatCanSeek_IsSentAgainFromWhereItStood()
    {
        using MemoryStream stream = new("skipped|photo"u8.ToArray()) { Position = 8 };
        StubHandler stub = new(Busy, StubHandler.NoImages);

        await Client(stub).PredictAsync([ImageSource.FromStream(stream, "a.jpg")], ["depth"], new PredictOptions { Timeout = TimeSpan.FromSeconds(2.5) });

        Assert.Equal(2, stub.Requests.Count);
        Assert.All(stub.Requests, request =>
        {
            Assert.Contains("photo", request.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("skipped", request.Body, StringComparison.Ordinal);
            Assert.Equal("2.5", request.Timeout);
        });
    }

    [Fact]
    public async Task Predict_StreamThatCannotSeek_IsNotRepeated()
    {
        using ForwardOnlyStream stream = new(new MemoryStream("photo"u8.ToArray()));
        StubHandler stub = new(Busy, StubHandler.NoImages);

        await Assert.ThrowsAsync<DiTaskException>(() => Client(stub).PredictAsync([ImageSource.FromStream(stream)]));

        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task Get_CancelledDuringThePause_Throws()
    {
        FakeTimeProvider still = new();
        using CancellationTokenSource cancelled = new();
        StubHandler stub = new(Busy);

        Task<IReadOnlyList<TaskDescription>> pending = Client(stub, still).GetTasksAsync(cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task Get_ErrorOfAProxy_KeepsTheStatus()
    {
        StubHandler stub = new(() => new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<html>") });

        DiTaskException error = await Assert.ThrowsAsync<DiTaskException>(() => Client(stub).GetTasksAsync());

        Assert.Equal((502, DiTaskException.UnknownCode, false), (error.Status, error.Code, error.Retryable));
    }

    [Fact]
    public async Task Get_ProblemThatIsNoJson_KeepsTheStatus()
    {
        StubHandler stub = new(() => new HttpResponseMessage(HttpStatusCode.InternalServerError)
        {
            Content = new StringContent("{", new MediaTypeHeaderValue("application/problem+json")),
        });

        DiTaskException error = await Assert.ThrowsAsync<DiTaskException>(() => Client(stub).GetTasksAsync());

        Assert.Equal(500, error.Status);
    }

    [Theory]
    [InlineData("http://stub", "/tasks")]
    [InlineData("http://stub/vision", "/vision/tasks")]
    [InlineData("http://stub/vision/", "/vision/tasks")]
    public async Task Get_AddressWithAPath_IsExtended(string address, string expected)
    {
        StubHandler stub = new(StubHandler.NoTasks);
        using HttpClient http = new(stub) { BaseAddress = new Uri(address) };

        await new DiTaskClient(http).GetTasksAsync();

        Assert.Equal(expected, stub.Requests[0].Path);
    }

    [Fact]
    public async Task IsReady_NotReady_IsFalse()
    {
        StubHandler stub = new(() => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));

        Assert.False(await Client(stub).IsReadyAsync());
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task IsReady_NobodyThere_IsFalse()
    {
        StubHandler stub = new(() => throw new HttpRequestException("refused"));

        Assert.False(await Client(stub).IsReadyAsync());
        Assert.False(await Client(stub).IsLiveAsync());
    }

    private static HttpResponseMessage Busy() => StubHandler.Problem(HttpStatusCode.TooManyRequests, "queue_full", retryable: true);

    private DiTaskClient Client(StubHandler stub, TimeProvider? clock = null) =>
        new(new HttpClient(stub) { BaseAddress = new Uri("http://stub") }, new DiTaskClientOptions { TimeProvider = clock ?? time });
}
