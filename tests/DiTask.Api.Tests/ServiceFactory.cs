using DiTask.Api.Batching;
using DiTask.Api.Models;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DiTask.Api.Tests;

/// <summary>The service with a fake model, and settings of a test's own.</summary>
internal sealed class ServiceFactory(params (string Key, string Value)[] settings) : WebApplicationFactory<Program>
{
    public FakeModel Model { get; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The queue of the fake model.</summary>
    public Batcher<ModelInput, ModelOutput> Batcher => Services.GetRequiredService<ModelHost>().FindOpened(null, null).Batcher;

    /// <summary>A client of a service whose model is ready.</summary>
    public async Task<HttpClient> CreateReadyClientAsync()
    {
        ClientOptions.AllowAutoRedirect = false;
        HttpClient client = CreateClient();
        ModelHost host = Services.GetRequiredService<ModelHost>();
        await (host.ExecuteTask ?? Task.CompletedTask);
        Assert.Equal(ModelState.Ready, host.State);
        return client;
    }

    /// <summary>Sends a request that the model holds until its gate opens; the task inside is its answer.</summary>
    public async Task<Task<HttpResponseMessage>> SendBlockedAsync(HttpClient client)
    {
        Model.Hold();
        Task<HttpResponseMessage> running = client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(100)));
        Task started = Model.Started.WaitAsync();
        Assert.True(await Task.WhenAny(started, running) == started, "The request was answered before it ran.");
        return running;
    }

    /// <summary>Returns when <paramref name="count"/> images wait.</summary>
    public async Task WaitForQueueAsync(int count)
    {
        while (Batcher.Count != count)
        {
            await Task.Yield();
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Models:Path", "a-folder-that-the-fake-never-opens");
        foreach ((string key, string value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<OpenModel>(Model.Open));
            services.Replace(ServiceDescriptor.Singleton<FreeMemory>(() => Model.FreeBytes));
            services.Replace(ServiceDescriptor.Singleton(Time));
        });
    }
}
