using DiTask.Api.Models;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DiTask.EndToEnd.Tests;

/// <summary>The service as people run it, with a model that was just made, behind its real HTTP port.</summary>
internal sealed class TrainedService : WebApplicationFactory<Program>
{
    private readonly string model;

    public TrainedService(string model)
    {
        this.model = model;
        UseKestrel(0);
    }

    /// <summary>A client of the service, once its model is ready.</summary>
    public async Task<HttpClient> StartAsync()
    {
        StartServer();
        ModelHost host = Services.GetRequiredService<ModelHost>();
        await (host.ExecuteTask ?? Task.CompletedTask);
        Assert.Equal(ModelState.Ready, host.State);
        return CreateClient();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseSetting("Models:Path", model);
}
