using System.Net;

namespace DiTask.Client.Tests;

public sealed class KeyTests
{
    private const string Key = "a-key-of-the-tests";

    private readonly HurriedTime time = new();

    [Fact]
    public async Task ApiKey_Given_IsSentWithEveryAttempt()
    {
        StubHandler stub = new(() => StubHandler.Problem(HttpStatusCode.TooManyRequests, "queue_full", retryable: true), StubHandler.NoImages);
        using DiTaskClient client = Client(stub, new DiTaskClientOptions { ApiKey = Key, TimeProvider = time });

        await client.PredictAsync([ImageSource.FromBytes(new byte[] { 1, 2, 3 }, "a.png")]);

        Assert.Equal(["Bearer " + Key, "Bearer " + Key], stub.Authorizations);
    }

    [Fact]
    public async Task ApiKey_NotGiven_SendsNone()
    {
        StubHandler stub = new(StubHandler.NoTasks);
        using DiTaskClient client = Client(stub, new DiTaskClientOptions());

        await client.GetTasksAsync();

        Assert.Equal([null], stub.Authorizations);
    }

    [Fact]
    public async Task ApiKey_Refused_IsAnErrorThatIsNotRepeated()
    {
        StubHandler stub = new(() => StubHandler.Problem(HttpStatusCode.Unauthorized, "unauthenticated", retryable: false));
        using DiTaskClient client = Client(stub, new DiTaskClientOptions { ApiKey = Key, TimeProvider = time });

        DiTaskException error = await Assert.ThrowsAsync<DiTaskException>(() => client.GetTasksAsync());

        Assert.Equal((401, "unauthenticated"), (error.Status, error.Code));
        Assert.Single(stub.Authorizations);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_WithAKey_DoesNotWriteIt()
    {
        string text = new DiTaskClientOptions { ApiKey = Key }.ToString();

        Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
        Assert.Contains("ApiKey = ***", text, StringComparison.Ordinal);
    }

    private static DiTaskClient Client(StubHandler stub, DiTaskClientOptions options) =>
        new(new HttpClient(stub) { BaseAddress = new Uri("https://stub") }, options);
}
