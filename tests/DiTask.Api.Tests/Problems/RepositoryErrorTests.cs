using System.Net;
using DiTask.Api.Tests.Models;

namespace DiTask.Api.Tests.Problems;

/// <summary>The errors of loading and unloading models.</summary>
public sealed class RepositoryErrorTests : IAsyncDisposable
{
    private const string AdminKey = "admin-key-of-these-tests";

    private readonly RepositoryFolder repository = new RepositoryFolder().WithFake("a", "1");
    private readonly ServiceFactory factory;

    public RepositoryErrorTests() => factory = new(("Models:Path", repository.Path), ("Security:AdminKeys:0", AdminKey));

    public async ValueTask DisposeAsync()
    {
        await factory.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    [ReachesError("load_failed")]
    public async Task Load_ModelThatCannotBeOpened_IsRefusedWithoutItsPath()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        factory.Model.IsBroken = _ => true;

        await (await SendAsync(client, "load")).ProblemAsync(400, "load_failed");
    }

    [Fact]
    [ReachesError("reload_in_progress")]
    public async Task Load_AnotherLoadGoesOn_IsRefused()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        while (await factory.Model.Started.WaitAsync(0))
        {
            // The warm-up's runs.
        }

        factory.Model.Gate.Reset();
        Task<HttpResponseMessage> first = SendAsync(client, "load");
        await factory.Model.Started.WaitAsync();

        await (await SendAsync(client, "load")).ProblemAsync(409, "reload_in_progress");

        factory.Model.Gate.Set();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }

    [Fact]
    [ReachesError("last_model")]
    public async Task Unload_TheOnlyModel_IsRefused()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await SendAsync(client, "unload")).ProblemAsync(409, "last_model");
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string verb)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"/v2/repository/models/a/{verb}");
        request.Headers.Authorization = new("Bearer", AdminKey);
        return await client.SendAsync(request);
    }
}
