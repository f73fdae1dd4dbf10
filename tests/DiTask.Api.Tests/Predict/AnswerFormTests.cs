using System.IO.Compression;
using System.Net;
using System.Text.Json;
using DiTask.Api.Predict;
using DiTask.Model.Vision;
using DiTask.Tests;

namespace DiTask.Api.Tests.Predict;

/// <summary>Archives, multipart bodies and bare arrays.</summary>
public sealed class AnswerFormTests : IAsyncDisposable
{
    private readonly ServiceFactory factory = new();

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task Predict_Zip_HoldsTheManifestAndAFilePerMap()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using MultipartFormDataContent form = Pictures.Form(("a.png", Pictures.Gray(50)), ("b.png", Pictures.Gray(60)))
            .With("tasks", "semseg,depth").With("scores", "true").With("overlay", "true");

        HttpResponseMessage response = await client.SendAsync(Answers.Request("/predict", "application/zip", form));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/zip", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("maps.zip", response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        byte[] bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(response.Content.Headers.ContentLength, bytes.Length);
        using ZipArchive zip = new(new MemoryStream(bytes));
        string[] files = ["semseg.png", "semseg.scores.png", "semseg.overlay.png", "depth.png", "depth.overlay.png"];
        Assert.Equal(["manifest.json", .. files.Select(file => "a.png/" + file), .. files.Select(file => "b.png/" + file)], zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.All(zip.Entries, entry => Assert.InRange(entry.LastWriteTime.Year, 2020, 2107));
        JsonElement manifest = JsonDocument.Parse(Answers.Read(zip, "manifest.json")).RootElement;
        JsonElement map = manifest.Map(1, "semseg");
        Assert.False(map.TryGetProperty("data", out _));
        Assert.Equal("b.png/semseg.png", map.GetProperty("href").GetString());
        Assert.Equal("b.png/semseg.scores.png", map.GetProperty("scores").GetProperty("href").GetString());
        Assert.Equal("b.png/semseg.overlay.png", map.GetProperty("overlay").GetProperty("href").GetString());
        Assert.Equal(["schema", "id", "model", "images", "timing", "batch", "cost"], manifest.Names());
    }

    [Theory]
    [InlineData("npy", "image/semseg.npy", "image/depth.npy")]
    [InlineData("f32", "image/semseg.u8", "image/depth.f32")]
    [InlineData("f16", "image/semseg.u8", "image/depth.f16")]
    [InlineData("none")]
    public async Task Predict_ZipOfOtherFormats_NamesFilesByWhatTheyHold(string maps, params string[] files)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await client.SendAsync(
            Answers.Request($"/predict?tasks=semseg,depth&maps={maps}", "application/zip", Pictures.Raw(Pictures.Gray(50))));

        using ZipArchive zip = new(await response.Content.ReadAsStreamAsync());
        Assert.Equal(["manifest.json", .. files], zip.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task Predict_ZipWithABadImage_HasItsErrorInTheManifest()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await client.SendAsync(
            Answers.Request("/predict?tasks=depth", "application/zip", Pictures.Form(("a", Pictures.Gray(50)), ("b", [1, 2]))));

        using ZipArchive zip = new(await response.Content.ReadAsStreamAsync());
        Assert.Equal(["manifest.json", "a/depth.png"], zip.Entries.Select(entry => entry.FullName));
        JsonElement manifest = JsonDocument.Parse(Answers.Read(zip, "manifest.json")).RootElement;
        Assert.Equal("unsupported_image_format", manifest.GetProperty("images")[1].GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Predict_MultipartMixed_HasTheManifestThenAPartPerMap()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using MultipartFormDataContent form = Pictures.Form(("a.png", Pictures.Gray(50)), ("b.png", Pictures.Gray(60))).With("tasks", "semseg").With("scores", "true");

        HttpResponseMessage response = await client.SendAsync(Answers.Request("/predict", "multipart/mixed", form));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(response.Content.Headers.ContentLength, (await response.Content.ReadAsByteArrayAsync()).Length);
        List<(string Id, string? Type, byte[] Bytes)> parts = await Answers.PartsAsync(response);
        Assert.Equal(
            ["<manifest@ditask>", "<0.semseg@ditask>", "<0.semseg.scores@ditask>", "<1.semseg@ditask>", "<1.semseg.scores@ditask>"], parts.Select(part => part.Id));
        Assert.Equal(["application/json", "image/png", "image/png", "image/png", "image/png"], parts.Select(part => part.Type));
        JsonElement map = JsonDocument.Parse(parts[0].Bytes).RootElement.Map(1, "semseg");
        Assert.Equal("1.semseg@ditask", map.GetProperty("cid").GetString());
        Assert.Equal("1.semseg.scores@ditask", map.GetProperty("scores").GetProperty("cid").GetString());
        Assert.False(map.TryGetProperty("href", out _));
        Assert.Equal((FakeModel.Size, FakeModel.Size), (ImageDecoder.Identify(parts[3].Bytes).Width, ImageDecoder.Identify(parts[3].Bytes).Height));
    }

    [Fact]
    public async Task Predict_NpyOfOneImage_IsTheArrayWithItsMeaningInAHeader()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await client.SendAsync(Answers.Request("/predict?tasks=depth&size=40x20", "application/x-npy", Pictures.Raw(Pictures.Gray(50))));

        Assert.Equal("application/x-npy", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("kind=scalar, dtype=float32, unit=m", response.Headers.GetValues("X-Map").Single());
        Npy array = Npy.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal([20, 40], array.Shape);
        Assert.All(array.Singles, value => Assert.Equal(5f, value));
    }

    [Theory]
    [InlineData("depth", new[] { 3, 32, 32 }, "<f4")]
    [InlineData("semseg", new[] { 3, 32, 32 }, "|u1")]
    [InlineData("normals", new[] { 3, 32, 32, 3 }, "<f4")]
    public async Task Predict_NpyOfSeveralImages_StacksThem(string task, int[] shape, string descr)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        MultipartFormDataContent form = Pictures.Form(("a", Pictures.Gray(40)), ("b", Pictures.Gray(50, 60, 10)), ("c", Pictures.Gray(60)));

        HttpResponseMessage response = await client.SendAsync(Answers.Request($"/predict?maps=npy&tasks={task}", "application/x-npy", form));

        Npy array = Npy.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(shape, array.Shape);
        Assert.Equal(descr, array.Descr);
        int each = array.Doubles.Length / 3;
        double[] expected = task switch { "depth" => [4, 5, 6], "semseg" => [40 % 21, 50 % 21, 60 % 21], _ => [0, 0, 0] };
        Assert.Equal(expected, Enumerable.Range(0, 3).Select(image => array.Doubles[image * each]));
    }

    [Fact]
    public async Task Predict_NpyWithABadImage_FailsAsAWhole()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        MultipartFormDataContent form = Pictures.Form(("a", Pictures.Gray(50)), ("b", [1, 2]));

        JsonElement problem = await (await client.SendAsync(Answers.Request("/predict?tasks=depth", "application/x-npy", form))).ProblemAsync(415, "unsupported_image_format");

        Assert.Equal("/images/1", Assert.Single(problem.GetProperty("errors").EnumerateArray().ToArray()).GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("/predict?tasks=depth&size=source")]
    [InlineData("/predict?tasks=depth,sal")]
    [InlineData("/predict?tasks=depth&maps=png")]
    [InlineData("/predict?tasks=depth&overlay=true")]
    public async Task Predict_NpyThatCannotBe_ListsWhatCan(string address)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        MultipartFormDataContent form = Pictures.Form(("a", Pictures.Gray(50)), ("b", Pictures.Gray(50, 60, 10)));

        JsonElement problem = await (await client.SendAsync(Answers.Request(address, "application/x-npy", form))).ProblemAsync(406, "not_acceptable");

        Assert.Equal(["application/json", "application/zip", "multipart/mixed"], problem.GetProperty("supported").EnumerateArray().Select(type => type.GetString()));
    }

    [Theory]
    [InlineData("application/*", "application/json")]
    [InlineData("application/zip, multipart/mixed", "application/zip")]
    [InlineData("application/zip;q=0.8, multipart/mixed;q=0.9", "multipart/mixed")]
    [InlineData("multipart/*", "multipart/mixed")]
    [InlineData("application/json;q=0.1, application/x-npy;q=0.2, image/png;q=0.15", "application/x-npy")]
    [InlineData("image/png, application/x-npy", "image/png")]
    [InlineData("APPLICATION/ZIP", "application/zip")]
    public async Task Predict_SeveralAcceptable_TakesTheBestThenTheFirst(string accept, string expected)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await client.SendAsync(Answers.Request("/predict?tasks=depth", accept, Pictures.Raw(Pictures.Gray(50))));

        Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Accept", response.Headers.Vary.First());
    }

    [Fact]
    public async Task Predict_TooLargeForJson_ComesAsAnArchiveWhenAsked()
    {
        await using ServiceFactory small = new(("Limits:MaxJsonBytes", "2000"));
        HttpClient client = await small.CreateReadyClientAsync();
        HttpContent Picture() => Pictures.Raw(Pictures.Gray(50));

        JsonElement problem = await (await client.SendAsync(Answers.Request("/predict", "*/*", Picture()))).ProblemAsync(406, "not_acceptable");
        HttpResponseMessage zip = await client.SendAsync(Answers.Request("/predict", "application/zip, */*;q=0.1", Picture()));

        Assert.Equal(["application/zip", "multipart/mixed"], problem.GetProperty("supported").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal("application/zip", zip.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public void FolderNames_HostileIds_AreSafeAndUnique()
    {
        FolderNames names = new("manifest.json");
        string[] ids = ["a.png", "A.PNG", "../../etc/passwd", "..", "", "con.txt", "stra\u00dfe 1.jpg", "manifest.json", "x:y\\z", ".hidden.", new('q', 200)];

        string[] folders = [.. ids.Select(names.Add)];

        Assert.Equal(
            ["a.png", "A.PNG-2", "_.._etc_passwd", "image", "image-2", "_con.txt", "stra_e_1.jpg", "manifest.json-2", "x_y_z", "hidden", new('q', 80)], folders);
    }
}
