using DiTask.Api.Models;
using DiTask.Tests;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DiTask.Api.Tests;

/// <summary>The service as people run it, with a small model, behind its real HTTP port.</summary>
public class RealService : WebApplicationFactory<Program>, IAsyncLifetime
{
    public RealService() => UseKestrel(0);

    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        StartServer();
        Client = CreateClient();
        ModelHost host = Services.GetRequiredService<ModelHost>();
        await (host.ExecuteTask ?? Task.CompletedTask);
        Assert.Equal(ModelState.Ready, host.State);
    }

    /// <summary>Folder of the model below models/.</summary>
    protected virtual string Model => "ditask-micro";

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Models:Path", Path.Combine(Fixture.Repository, "models", Model));
        builder.UseSetting("Web:Samples", Path.Combine(Fixture.Repository, "tests", "Fixtures", "photos"));
        builder.UseSetting("Limits:MaxImagePixels", "2000000");
        builder.UseSetting("Limits:MaxImageBytes", "2000000");
        builder.UseSetting("Limits:MaxBodyBytes", "4000000");
    }
}
