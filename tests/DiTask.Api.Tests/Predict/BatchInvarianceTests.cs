using System.Runtime.InteropServices;
using System.Text.Json;
using DiTask.Api.Models;
using DiTask.Tests;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DiTask.Api.Tests.Predict;

/// <summary>An image's maps are the same whatever else is in its run; with the bundled model.</summary>
public sealed class BatchInvarianceTests
{
    /// <summary>Float32 sums in another order: <c>Tolerances.Activation</c> of docs/numerics.md, of values that the activations keep near 1.</summary>
    private const double ScalarTolerance = 1e-4;

    /// <summary>Rounding decides ties between classes.</summary>
    private const double EqualLabels = 0.999;

    private static readonly string[] Names = ["photo.jpg", "photo.png", "photo.webp", "bmp-24.bmp", "jpeg-orientation6.jpg"];
    private static readonly string[] Tasks = ["semseg", "normals", "sal", "depth"];

    [Fact]
    public async Task Predict_AnyBatchAndPosition_IsTheImageAlone()
    {
        await using Service service = new(("Batching:Sizes", "1,2,3,4,5"), ("Batching:Padding", "never"));
        HttpClient client = await service.CreateReadyClientAsync();
        Dictionary<string, Dictionary<string, byte[]>> alone = [];
        foreach (string name in Names)
        {
            alone[name] = (await MapsAsync(client, [name], padded: 0))[0];
        }

        for (int count = 2; count <= Names.Length; count++)
        {
            for (int shift = 0; shift < count; shift++)
            {
                string[] batch = [.. Enumerable.Range(0, count).Select(i => Names[(i + shift) % Names.Length])];
                Dictionary<string, byte[]>[] together = await MapsAsync(client, batch, padded: 0);
                for (int i = 0; i < count; i++)
                {
                    AssertSame(alone[batch[i]], together[i]);
                }
            }
        }
    }

    [Fact]
    public async Task Predict_FilledUp_IsTheImageAlone()
    {
        await using Service plain = new(("Batching:Sizes", "1"));
        await using Service filled = new(("Batching:Sizes", "1,8"), ("Batching:Padding", "always"));
        HttpClient client = await filled.CreateReadyClientAsync();
        Dictionary<string, byte[]> expected = (await MapsAsync(await plain.CreateReadyClientAsync(), ["photo.jpg"], padded: 0))[0];

        Dictionary<string, byte[]> alone = (await MapsAsync(client, ["photo.jpg"], padded: 7))[0];
        Dictionary<string, byte[]>[] together = await MapsAsync(client, ["photo.png", "bmp-24.bmp", "photo.jpg"], padded: 5);

        AssertSame(expected, alone);
        Assert.All(Tasks, task => Assert.True(alone[task].AsSpan().SequenceEqual(together[2][task]), $"{task}: the same size gives the same bytes."));
    }

    private static async Task<Dictionary<string, byte[]>[]> MapsAsync(HttpClient client, string[] names, int padded)
    {
        using MultipartFormDataContent form = Pictures.Form([.. names.Select(name => (name, File.ReadAllBytes(Fixture.Path("images", name))))]).With("maps", "f32");
        JsonElement answer = await (await client.PostAsync("/predict", form)).JsonAsync();
        JsonElement batch = answer.GetProperty("batch");
        Assert.Equal((names.Length, padded), (batch.GetProperty("images").GetInt32(), batch.GetProperty("padded").GetInt32()));
        return [.. Enumerable.Range(0, names.Length).Select(image => Tasks.ToDictionary(task => task, task => answer.Map(image, task).GetProperty("data").GetBytesFromBase64()))];
    }

    private static void AssertSame(Dictionary<string, byte[]> expected, Dictionary<string, byte[]> actual)
    {
        foreach (string task in Tasks)
        {
            Assert.Equal(expected[task].Length, actual[task].Length);
            if (task == "semseg")
            {
                double equal = expected[task].Zip(actual[task]).Average(pair => pair.First == pair.Second ? 1.0 : 0);
                Assert.True(equal >= EqualLabels, $"{equal:P2} of the labels are equal.");
                continue;
            }

            float[] before = MemoryMarshal.Cast<byte, float>(expected[task]).ToArray();
            float[] after = MemoryMarshal.Cast<byte, float>(actual[task]).ToArray();
            double largest = before.Max(Math.Abs);
            double difference = before.Zip(after).Max(pair => Math.Abs(pair.First - pair.Second));
            Assert.True(difference <= ScalarTolerance * Math.Max(1, largest), $"{task}: differs by {difference}, of values up to {largest}.");
        }
    }

    private sealed class Service(params (string Key, string Value)[] settings) : WebApplicationFactory<Program>
    {
        public async Task<HttpClient> CreateReadyClientAsync()
        {
            HttpClient client = CreateClient();
            ModelHost host = Services.GetRequiredService<ModelHost>();
            await (host.ExecuteTask ?? Task.CompletedTask);
            Assert.Equal(ModelState.Ready, host.State);
            return client;
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Models:Path", Path.Combine(Fixture.Repository, "models", "ditask-micro"));
            foreach ((string key, string value) in settings)
            {
                builder.UseSetting(key, value);
            }
        }
    }
}
