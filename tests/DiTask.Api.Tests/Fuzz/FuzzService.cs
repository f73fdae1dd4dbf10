namespace DiTask.Api.Tests.Fuzz;

/// <summary>One service for the cases of a campaign, behind a real port, with room for several cases at once.</summary>
public sealed class FuzzService : IAsyncLifetime, IAsyncDisposable
{
    private readonly ServiceFactory factory = new(
        ("Limits:MaxImagePixels", "1000000"),
        ("Limits:MaxMapPixels", "1000000"),
        ("Limits:MaxBodyBytes", "4000000"),
        ("Limits:MaxImageBytes", "2000000"),
        ("Batching:QueueCapacity", "256"),
        ("Logging:LogLevel:Default", "None"));

    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        factory.UseKestrel(0);
        factory.Model.IsFaultless = true;
        Client = await factory.CreateReadyClientAsync();
    }

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}
