using DiTask.Api.Models;
using DiTask.Api.Tests;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DiTask.Benchmarks.Service;

/// <summary>The service behind its real port with a model that only sleeps, so that the processor is free for everything else.</summary>
internal sealed class PacedService : WebApplicationFactory<ServedModel>
{
    private readonly FakeModel model = new();
    private readonly IReadOnlyList<(string Key, string Value)> settings;

    private PacedService(int port, double baseMs, double perImageMs, IReadOnlyList<(string Key, string Value)> settings)
    {
        this.settings = settings;
        if (baseMs + perImageMs > 0)
        {
            model.TrunkTime = count => TimeSpan.FromMilliseconds(baseMs + perImageMs * count);
            model.Pace = count => Thread.Sleep(model.TrunkTime(count));
        }

        UseKestrel(port);
    }

    /// <summary>Serves until the process is told to stop.</summary>
    /// <param name="port">Port on the loopback interface.</param>
    /// <param name="baseMs">Milliseconds of every run.</param>
    /// <param name="perImageMs">Milliseconds that each image adds.</param>
    /// <param name="settings">Of the service, as <c>Feature:Option=value</c>.</param>
    public static int Serve(int port, double baseMs, double perImageMs, IEnumerable<string> settings)
    {
        // The factory's manifest, which names the service's folder, is read from the working directory.
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        using PacedService service = new(port, baseMs, perImageMs, [.. settings.Select(text => text.Split('=', 2)).Select(pair => (pair[0], pair[1]))]);
        service.StartServer();
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Models:Path", "a-folder-that-the-fake-never-opens");
        foreach ((string key, string value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<OpenModel>(model.Open)));
    }
}
