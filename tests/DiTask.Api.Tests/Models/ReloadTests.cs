using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;
using DiTask.Api.Models;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DiTask.Api.Tests.Models;

/// <summary>Real models, swapped and broken while they serve behind a real port.</summary>
public sealed class ReloadTests : IAsyncDisposable
{
    private const string AdminKey = "admin-key-of-these-tests";
    private const int Swaps = 50;
    private const int Callers = 2;

    private readonly RepositoryFolder repository = new();
    private readonly Service service;
    private HttpClient client = null!;

    public ReloadTests()
    {
        repository.Add("demo", "1");
        service = new Service(repository.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public async Task Load_FiftySwapsUnderLoad_EveryAnswerIsOfOneVersionAndNoneFails()
    {
        await StartAsync();
        float[][] maps = [[], (await PredictAsync()).Map];
        repository.Add("demo", "2", scale: 0.8f);
        await LoadAsync();
        maps[0] = (await PredictAsync()).Map;
        Assert.True(Distance(maps[0], maps[1]) > 0.1, "The two models should differ, or the test shows nothing.");
        using CancellationTokenSource stop = new();
        Task<HashSet<string>>[] callers = [.. Enumerable.Range(0, Callers).Select(_ => CallAsync(maps, stop.Token))];

        for (int version = 3; version < 3 + Swaps; version++)
        {
            repository.Add("demo", $"{version}", scale: version % 2 == 0 ? 0.8f : 1);
            await LoadAsync();
            repository.Remove("demo", $"{version - 1}");
        }

        await stop.CancelAsync();
        Assert.True((await Task.WhenAll(callers)).SelectMany(seen => seen).Distinct().Count() > 1, "No swap fell between two answers.");
        Assert.Contains($"ditask_model_reloads_total{{model=\"demo\",result=\"ok\"}} {Swaps + 1}", await MetricsAsync(), StringComparison.Ordinal);
        while (service.Host.OpenCount > 1)
        {
            await Task.Yield();
        }
    }

    [Theory]
    [InlineData("weights that are not numbers", "not finite")]
    [InlineData("other weights", "differs by")]
    [InlineData("a missing task", "'depth.onnx' is missing")]
    [InlineData("a wrong digest", "'weights.bin' has digest")]
    [InlineData("a graph cut short", "could not be opened")]
    [InlineData("a manifest cut short", "manifest.json cannot be read")]
    public async Task Load_BrokenVersion_OldServesOn(string fault, string reason)
    {
        await StartAsync();
        float[] before = (await PredictAsync()).Map;
        repository.Add("demo", "2", scale: 0.8f);
        Break(fault);

        HttpResponseMessage response = await PostAsync("/v2/repository/models/demo/load");

        string detail = (await response.ProblemAsync(400, "load_failed")).GetProperty("detail").GetString()!;
        Assert.Contains(reason, detail, StringComparison.Ordinal);
        Assert.DoesNotContain(repository.Path, detail, StringComparison.Ordinal);
        (string version, float[] after) = await PredictAsync();
        Assert.Equal("1", version);
        Assert.Equal(before, after);
        await (await client.GetAsync(new Uri("/readyz", UriKind.Relative))).JsonAsync();
        Assert.Contains("ditask_model_reloads_total{model=\"demo\",result=\"failed\"} 1", await MetricsAsync(), StringComparison.Ordinal);
        while (service.Host.OpenCount > 1)
        {
            await Task.Yield();
        }
    }

    private async Task StartAsync()
    {
        service.StartServer();
        client = service.CreateClient();
        await (service.Host.ExecuteTask ?? Task.CompletedTask);
        Assert.Equal(ModelState.Ready, service.Host.State);
    }

    private static double Distance(float[] a, float[] b) => a.Zip(b).Max(pair => Math.Abs((double)pair.First - pair.Second));

    private void Break(string fault)
    {
        string folder = repository.Folder("demo", "2");
        switch (fault)
        {
            case "weights that are not numbers":
                repository.ChangeWeights("demo", "2", weights => Each(weights, _ => float.NaN));
                break;
            case "other weights":
                repository.ChangeWeights("demo", "2", weights => Each(weights, weight => weight * 0.8f));
                break;
            case "a missing task":
                File.Delete(Path.Combine(folder, "depth.onnx"));
                break;
            case "a wrong digest":
                byte[] bytes = File.ReadAllBytes(Path.Combine(folder, "weights.bin"));
                bytes[^1] ^= 1;
                File.WriteAllBytes(Path.Combine(folder, "weights.bin"), bytes);
                break;
            case "a graph cut short":
                repository.Replace("demo", "2", "trunk.onnx", File.ReadAllBytes(Path.Combine(folder, "trunk.onnx"))[..20000]);
                break;
            default:
                byte[] manifest = File.ReadAllBytes(Path.Combine(folder, "manifest.json"));
                File.WriteAllBytes(Path.Combine(folder, "manifest.json"), manifest[..(manifest.Length / 2)]);
                break;
        }

        static void Each(Span<float> weights, Func<float, float> change)
        {
            foreach (ref float weight in weights)
            {
                // Indices lie between the weights; as floats they are next to nothing.
                weight = MathF.Abs(weight) > 1e-20f ? change(weight) : weight;
            }
        }
    }

    /// <summary>Predicts until it is told to stop; the versions that answered.</summary>
    private async Task<HashSet<string>> CallAsync(float[][] maps, CancellationToken stop)
    {
        HashSet<string> versions = [];
        while (!stop.IsCancellationRequested)
        {
            (string version, float[] map) = await PredictAsync();
            versions.Add(version);

            // Runs of another size may differ in their last digits; the other model differs in its first.
            Assert.True(Distance(map, maps[int.Parse(version, System.Globalization.CultureInfo.InvariantCulture) % 2]) < 1e-3, $"Version {version} answered with another version's map.");
        }

        return versions;
    }

    private async Task<(string Version, float[] Map)> PredictAsync()
    {
        using HttpContent photo = Pictures.Raw(Pictures.Gray(100));
        JsonElement answer = await (await client.PostAsync("/predict?tasks=depth&maps=f32", photo)).JsonAsync();
        float[] map = MemoryMarshal.Cast<byte, float>(answer.Map(0, "depth").GetProperty("data").GetBytesFromBase64()).ToArray();
        return (answer.GetProperty("model").GetProperty("version").GetString()!, map);
    }

    private async Task LoadAsync() => await (await PostAsync("/v2/repository/models/demo/load")).JsonAsync();

    private async Task<HttpResponseMessage> PostAsync(string address)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        return await client.SendAsync(request);
    }

    private Task<string> MetricsAsync() => client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    private sealed class Service : WebApplicationFactory<Program>
    {
        private readonly string path;

        public Service(string path)
        {
            this.path = path;
            UseKestrel(0);
        }

        public ModelHost Host => Services.GetRequiredService<ModelHost>();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Models:Path", path);
            builder.UseSetting("Security:AdminKeys:0", AdminKey);
            builder.UseSetting("Batching:Sizes", "1");
        }
    }
}
