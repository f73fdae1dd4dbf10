namespace DiTask.Api.Tests.Problems;

/// <summary>A request that ends in an error.</summary>
/// <param name="SendAsync">Sends it to a running service.</param>
internal sealed record ErrorScenario(Func<ServiceFactory, HttpClient, Task<HttpResponseMessage>> SendAsync)
{
    /// <summary>Settings of the service.</summary>
    public (string Key, string Value)[] Settings { get; init; } = [];

    /// <summary>Starts the service; by default until its model is ready.</summary>
    public Func<ServiceFactory, Task<HttpClient>> StartAsync { get; init; } = factory => factory.CreateReadyClientAsync();

    /// <summary>Lets go of what the scenario holds.</summary>
    public Func<ServiceFactory, Task> EndAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>The status where it is not the catalogue's.</summary>
    public int? Status { get; init; }
}
