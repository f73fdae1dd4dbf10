using System.Net;
using System.Text.Json;
using DiTask.Tests;

namespace DiTask.Api.Tests.OpenApi;

public sealed class OpenApiTests : IAsyncDisposable
{
    private static readonly string Snapshot = Path.Combine(Fixture.Repository, "tests", "DiTask.Api.Tests", "Snapshots", "openapi.v1.json");

    private readonly ServiceFactory factory = new();

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task Document_AnyChange_IsSeenInTheSnapshot()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        string document = (await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative))).ReplaceLineEndings("\n") + "\n";

        if (Environment.GetEnvironmentVariable("DITASK_UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(Snapshot, document);
        }

        Assert.True(
            await File.ReadAllTextAsync(Snapshot) == document,
            "The contract has changed. If that is meant, run this test with DITASK_UPDATE_SNAPSHOTS=1 and commit tests/DiTask.Api.Tests/Snapshots.");
    }

    [Fact]
    public async Task Document_Predict_DescribesTheUploadEveryOptionAndEveryStatus()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement document = JsonDocument.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative))).RootElement;

        JsonElement predict = document.GetProperty("paths").GetProperty("/predict").GetProperty("post");
        JsonElement bodies = predict.GetProperty("requestBody").GetProperty("content");
        Assert.Equal(["multipart/form-data", "application/json", "image/jpeg", "image/png", "image/webp", "image/bmp"], bodies.Names());
        JsonElement form = bodies.GetProperty("multipart/form-data").GetProperty("schema").GetProperty("properties");
        Assert.Equal("binary", form.GetProperty("image").GetProperty("items").GetProperty("format").GetString());
        Assert.Equal(["tasks", "size", "maps", "depth_bits", "normals_bits", "overlay", "scores", "stats", "strict", "priority"], form.Names().Skip(1));
        Assert.Equal(
            ["200", "400", "401", "403", "404", "406", "408", "413", "414", "415", "422", "429", "431", "500", "503", "504"], predict.GetProperty("responses").Names());
    }

    [Fact]
    public async Task Page_Swagger_IsServed()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage page = await client.GetAsync(new Uri("/swagger/index.html", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
    }
}
