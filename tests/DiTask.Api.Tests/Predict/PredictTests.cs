using System.Net;
using System.Text.Json;
using DiTask.Model.Vision;

namespace DiTask.Api.Tests.Predict;

/// <summary>What a good request is answered.</summary>
public sealed class PredictTests : IAsyncDisposable
{
    private readonly ServiceFactory factory = new();

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task Predict_RawBody_AnswersAllTasksWithTheManifest()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement answer = await (await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(42)))).JsonAsync();

        Assert.Equal(["schema", "id", "model", "images", "timing", "batch", "cost"], answer.Names());
        Assert.Equal(1, answer.GetProperty("schema").GetInt32());
        JsonElement model = answer.GetProperty("model");
        Assert.Equal("fake", model.GetProperty("name").GetString());
        Assert.Equal("7", model.GetProperty("version").GetString());
        Assert.Equal("sha256:fake", model.GetProperty("digest").GetString());
        Assert.Equal("cpu", model.GetProperty("provider").GetString());
        Assert.Equal("untrained: for tests", model.GetProperty("notice").GetString());
        JsonElement image = Assert.Single(answer.GetProperty("images").EnumerateArray().ToArray());
        Assert.Equal("image", image.GetProperty("id").GetString());
        JsonElement source = image.GetProperty("source");
        Assert.Equal((24, 16), (source.GetProperty("width").GetInt32(), source.GetProperty("height").GetInt32()));
        Assert.Equal("image/png", source.GetProperty("mediaType").GetString());
        Assert.Equal(1, source.GetProperty("orientation").GetInt32());
        Assert.Equal(["semseg", "normals", "depth", "sal"], image.GetProperty("maps").Names());
        Assert.Equal((1, 1, 0), Batch(answer));
        Assert.Equal(["decodeMs", "preprocessMs", "queueMs", "inferMs", "encodeMs", "totalMs"], answer.GetProperty("timing").Names());
        Assert.All(answer.GetProperty("timing").EnumerateObject(), stage => Assert.True(stage.Value.GetDouble() >= 0));
    }

    [Fact]
    public async Task Predict_LabelMap_HasClassesWithFractions()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement answer = await (await client.PostAsync("/predict?tasks=semseg", Pictures.Raw(Pictures.Gray(42 + 3)))).JsonAsync();

        JsonElement map = answer.Map(0, "semseg");
        Assert.Equal("labels", map.GetProperty("kind").GetString());
        Assert.Equal("uint8", map.GetProperty("dtype").GetString());
        Assert.Equal((FakeModel.Size, FakeModel.Size), (map.GetProperty("width").GetInt32(), map.GetProperty("height").GetInt32()));
        JsonElement[] classes = [.. map.GetProperty("classes").EnumerateArray()];
        Assert.Equal(21, classes.Length);
        Assert.Equal("background", classes[0].GetProperty("name").GetString());
        Assert.Equal(1.0, classes[3].GetProperty("fraction").GetDouble(), 6);
        Assert.Equal(0.0, classes[4].GetProperty("fraction").GetDouble(), 6);
        Assert.Matches("^#[0-9A-Fa-f]{6}$", classes[3].GetProperty("color").GetString());
        Assert.All(Decode(map.GetProperty("data")), level => Assert.Equal(3, level));
    }

    [Fact]
    public async Task Predict_ConstantDepth_HasScaleZeroAndItsValueAsOffset()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement map = (await (await client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(42)))).JsonAsync()).Map(0, "depth");

        Assert.Equal("scalar", map.GetProperty("kind").GetString());
        Assert.Equal("uint16", map.GetProperty("dtype").GetString());
        Assert.Equal(0, map.GetProperty("scale").GetDouble());
        Assert.Equal(4.2, map.GetProperty("offset").GetDouble(), 6);
        Assert.Equal(4.2, map.GetProperty("min").GetDouble(), 6);
        Assert.Equal(4.2, map.GetProperty("max").GetDouble(), 6);
        Assert.Equal("m", map.GetProperty("unit").GetString());
    }

    [Fact]
    public async Task Predict_Normals_AreThreeChannelsInTheCameraFrame()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement map = (await (await client.PostAsync("/predict?tasks=normals", Pictures.Raw(Pictures.Gray(42)))).JsonAsync()).Map(0, "normals");

        Assert.Equal("vector", map.GetProperty("kind").GetString());
        Assert.Equal(3, map.GetProperty("channels").GetInt32());
        Assert.Equal("camera", map.GetProperty("frame").GetString());
        Assert.Equal(2.0 / 255, map.GetProperty("scale").GetDouble(), 9);
        Assert.Equal(-1, map.GetProperty("offset").GetDouble());
        Assert.Equal([128, 128, 255], Decode(map.GetProperty("data")).Take(3));
    }

    [Fact]
    public async Task Predict_TaskSubset_RunsOnlyThoseBranches()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await client.PostAsync("/predict?tasks=sal,depth,sal", Pictures.Raw(Pictures.Gray(1)))).JsonAsync();

        Assert.Equal(["depth", "sal"], factory.Model.LatestRows.Keys.Order());
    }

    [Fact]
    public async Task Predict_Multipart_AnswersImagesInOrderUnderTheirNames()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using MultipartFormDataContent form = Pictures
            .Form(("a.png", Pictures.Gray(10)), ("b/c.png", Pictures.Gray(20)), ("a.png", Pictures.Gray(30)))
            .With("tasks", "depth").With("tasks", "sal").With("stats", "true");

        JsonElement answer = await (await client.PostAsync("/predict", form)).JsonAsync();

        Assert.Equal(["a.png", "c.png", "image-2"], answer.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("id").GetString()));
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(i => answer.Map(i, "depth").GetProperty("offset").GetDouble()));
        Assert.Equal((3, 1, 1), Batch(answer)); // The fake says that a row more costs nothing, and 3 is not an allowed size.
    }

    [Fact]
    public async Task Predict_OptionsPart_IsReadLikeFields()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using MultipartFormDataContent form = Pictures.Form(("a.png", Pictures.Gray(10)))
            .With("options", """{ "tasks": ["semseg", "depth"], "size": "40x20", "depth_bits": 8, "stats": false, "scores": true, "overlay": true }""");

        JsonElement answer = await (await client.PostAsync("/predict", form)).JsonAsync();

        JsonElement semseg = answer.Map(0, "semseg");
        Assert.Equal((40, 20), (semseg.GetProperty("width").GetInt32(), semseg.GetProperty("height").GetInt32()));
        Assert.False(semseg.GetProperty("classes")[0].TryGetProperty("fraction", out _));
        JsonElement scores = semseg.GetProperty("scores");
        Assert.Equal(("scalar", "uint8"), (scores.GetProperty("kind").GetString(), scores.GetProperty("dtype").GetString()));
        double expected = Math.Exp(5) / (Math.Exp(5) + 20);
        Assert.All(Decode(scores.GetProperty("data")), sample => Assert.Equal(expected, sample / 255.0, 0.003));
        JsonElement overlay = semseg.GetProperty("overlay");
        Assert.Equal((40, 20), (overlay.GetProperty("width").GetInt32(), overlay.GetProperty("height").GetInt32()));
        Assert.Equal(40 * 20 * 3, Decode(overlay.GetProperty("data")).Length);
        JsonElement depth = answer.Map(0, "depth");
        Assert.Equal("uint8", depth.GetProperty("dtype").GetString());
        Assert.False(depth.TryGetProperty("min", out _));
        Assert.False(depth.TryGetProperty("scores", out _));
    }

    [Fact]
    public async Task Predict_OverlayWithAlphaZero_IsThePhoto()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement answer = await (await client.PostAsync("/predict?tasks=depth&overlay=0&size=source", Pictures.Raw(Pictures.Gray(77)))).JsonAsync();

        JsonElement overlay = answer.Map(0, "depth").GetProperty("overlay");
        Assert.Equal((24, 16), (overlay.GetProperty("width").GetInt32(), overlay.GetProperty("height").GetInt32()));
        Assert.All(Decode(overlay.GetProperty("data")), sample => Assert.Equal(77, sample));
    }

    [Theory]
    [InlineData("npy", "application/x-npy", "float32")]
    [InlineData("f32", "application/octet-stream", "float32")]
    [InlineData("f16", "application/octet-stream", "float16")]
    public async Task Predict_OtherFormats_HoldTheValuesThemselves(string maps, string mediaType, string dtype)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement map = (await (await client.PostAsync($"/predict?tasks=depth&maps={maps}", Pictures.Raw(Pictures.Gray(50)))).JsonAsync()).Map(0, "depth");

        Assert.Equal(mediaType, map.GetProperty("mediaType").GetString());
        Assert.Equal(dtype, map.GetProperty("dtype").GetString());
        Assert.False(map.TryGetProperty("scale", out _));
        byte[] data = map.GetProperty("data").GetBytesFromBase64();
        float value = dtype == "float16" ? (float)BitConverter.ToHalf(data.AsSpan(^2..)) : BitConverter.ToSingle(data.AsSpan(^4..));
        Assert.Equal(5f, value);
        Assert.Equal(FakeModel.Size * FakeModel.Size * (dtype == "float16" ? 2 : 4), maps == "npy" ? DiTask.Tests.Npy.Parse(data).Bytes.Length : data.Length);
    }

    [Fact]
    public async Task Predict_MapsNone_LeavesTheStatistics()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement map = (await (await client.PostAsync("/predict?tasks=depth&maps=none", Pictures.Raw(Pictures.Gray(50)))).JsonAsync()).Map(0, "depth");

        Assert.False(map.TryGetProperty("data", out _));
        Assert.False(map.TryGetProperty("mediaType", out _));
        Assert.Equal(5.0, map.GetProperty("mean").GetDouble(), 6);
    }

    [Fact]
    public async Task Predict_PngAccepted_AnswersTheMapWithItsMeaningInAHeader()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await SendAsync(client, "/predict?tasks=depth", "image/png", Pictures.Raw(Pictures.Gray(50)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("kind=scalar, dtype=uint16, scale=0, offset=5, unit=m", response.Headers.GetValues("X-Map").Single());
        byte[] png = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal((FakeModel.Size, FakeModel.Size), (ImageDecoder.Identify(png).Width, ImageDecoder.Identify(png).Height));
    }

    [Fact]
    public async Task Predict_Answer_CarriesTheHeaders()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict?tasks=depth") { Content = Pictures.Raw(Pictures.Gray(50)) };
        request.Headers.Add("X-Request-Id", "my-request:1");

        HttpResponseMessage response = await client.SendAsync(request);

        JsonElement answer = await response.JsonAsync();
        Assert.Equal("my-request:1", response.Headers.GetValues("X-Request-Id").Single());
        Assert.Equal("my-request:1", answer.GetProperty("id").GetString());
        Assert.Equal("1", response.Headers.GetValues("X-Batch-Images").Single());
        Assert.Equal("7", response.Headers.GetValues("X-Model-Version").Single());
        Assert.Equal("sha256:fake", response.Headers.GetValues("X-Model-Digest").Single());
        Assert.Equal(["Accept", "Accept-Encoding"], response.Headers.Vary);
        Assert.Matches(@"^decode;dur=[\d.]+, preprocess;dur=[\d.]+, queue;dur=[\d.]+, infer;dur=[\d.]+, encode;dur=[\d.]+, total;dur=[\d.]+$",
            string.Join(", ", response.Headers.GetValues("Server-Timing")));
    }

    [Theory]
    [InlineData("spaces are not visible")]
    [InlineData("umlaut-\u00e4")]
    public async Task Predict_BadRequestId_IsReplaced(string id)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/livez");
        request.Headers.TryAddWithoutValidation("X-Request-Id", id);

        HttpResponseMessage response = await client.SendAsync(request);

        Assert.Matches("^[0-9a-f]{32}$", response.Headers.GetValues("X-Request-Id").Single());
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("image/*", "image/png")]
    [InlineData("image/png;q=0.5, application/json;q=0.4", "image/png")]
    [InlineData("image/png;q=0.5, */*;q=0.6", "application/json")]
    [InlineData("image/png, application/json", "application/json")]
    [InlineData("text/html, application/json;q=0, image/png;q=0.1", "image/png")]
    public async Task Predict_AcceptHeader_ChoosesTheBestForm(string? accept, string expected)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await SendAsync(client, "/predict?tasks=depth", accept, Pictures.Raw(Pictures.Gray(50)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Predict_FiftyAtOnce_AnswersEachWithItsOwnImage()
    {
        await using ServiceFactory wide = new(("Batching:QueueCapacity", "64"), ("Batching:Sizes", "1,2,4,8"));
        HttpClient client = await wide.CreateReadyClientAsync();
        wide.Model.Gate.Reset();
        Task<HttpResponseMessage>[] requests = [.. Enumerable.Range(100, 50).Select(level => client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(level))))];
        wide.Model.Gate.Set();

        for (int i = 0; i < requests.Length; i++)
        {
            JsonElement answer = await (await requests[i]).JsonAsync();
            Assert.Equal((100 + i) / 10.0, answer.Map(0, "depth").GetProperty("offset").GetDouble(), 4);
        }
    }

    [Fact]
    public async Task Predict_RequestsBehindARun_ShareTheNextOne()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        int before = factory.Model.Runs;
        Task<HttpResponseMessage> first = await factory.SendBlockedAsync(client);
        Task<HttpResponseMessage> depth = client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(2)));
        Task<HttpResponseMessage> semseg = client.PostAsync("/predict?tasks=semseg", Pictures.Raw(Pictures.Gray(3)));
        await factory.WaitForQueueAsync(2);
        factory.Model.Gate.Set();

        Assert.Equal((1, 1, 0), Batch(await (await first).JsonAsync()));
        Assert.Equal((2, 2, 0), Batch(await (await depth).JsonAsync()));
        Assert.Equal((2, 2, 0), Batch(await (await semseg).JsonAsync()));
        Assert.Equal(before + 2, factory.Model.Runs);
        Assert.All(factory.Model.LatestRows.Values, rows => Assert.Single(rows)); // Each branch ran for the row that asked.
    }

    private static (int Images, int Requests, int Padded) Batch(JsonElement answer)
    {
        JsonElement batch = answer.GetProperty("batch");
        return (batch.GetProperty("images").GetInt32(), batch.GetProperty("requests").GetInt32(), batch.GetProperty("padded").GetInt32());
    }

    /// <summary>Samples of an 8-bit PNG: one per pixel for gray, three for colour.</summary>
    private static byte[] Decode(JsonElement data)
    {
        byte[] png = data.GetBytesFromBase64();
        const int ColorTypeOffset = 25;
        using RgbImage image = ImageDecoder.Decode(png, new DecodeLimits());
        bool isColor = png[ColorTypeOffset] == 2;
        return isColor ? image.Pixels.ToArray() : [.. image.Pixels.ToArray().Where((_, index) => index % 3 == 0)];
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string address, string? accept, HttpContent content)
    {
        HttpRequestMessage request = new(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = content };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return client.SendAsync(request);
    }
}
