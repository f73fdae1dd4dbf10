using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using DiTask.Tests;

namespace DiTask.Api.Tests.Predict;

/// <summary>Bodies and answers with a Content-Encoding.</summary>
public sealed class CompressedBodyTests : IAsyncDisposable
{
    private const int MaxDecompressed = 1_000_000;

    private readonly ServiceFactory factory = new(("Limits:MaxDecompressedBytes", $"{MaxDecompressed}"));

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip", "GZIP")]
    [InlineData("gzip", "x-gzip")]
    [InlineData("deflate", "deflate")]
    public async Task Predict_EveryFormCompressed_IsAnsweredAsIfPlain(string encoding, string name)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] image = Pictures.Gray(50);
        HttpContent[] plain =
        [
            Pictures.Raw(image),
            Pictures.Form(("a.png", image)),
            new StringContent($$"""{"images":[{"data":"{{Convert.ToBase64String(image)}}"}]}""", Encoding.UTF8, "application/json"),
        ];

        foreach (HttpContent content in plain)
        {
            JsonElement answer = await (await client.PostAsync("/predict?tasks=depth", await CompressAsync(encoding, name, content))).JsonAsync();

            Assert.Equal(5.0, answer.Map(0, "depth").GetProperty("offset").GetDouble(), 6);
        }
    }

    [Fact]
    public async Task Predict_Identity_IsPlain()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using HttpContent content = Pictures.Raw(Pictures.Gray(50));
        content.Headers.ContentEncoding.Add("identity");

        await (await client.PostAsync("/predict", content)).JsonAsync();
    }

    [Theory]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    [InlineData("gzip, deflate")]
    [InlineData("identity, gzip")]
    public async Task Predict_OtherOrStackedEncodings_AreRefusedWithWhatWorks(string encoding)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using HttpContent content = Pictures.Raw(Pictures.Gray(1));
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        HttpResponseMessage response = await client.PostAsync("/predict", content);

        await response.ProblemAsync(415, "unsupported_content_encoding");
        Assert.Equal("gzip, deflate, identity", string.Join(", ", response.Headers.GetValues("Accept-Encoding")));
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=abc")]
    public async Task Predict_BodyThatInflatesTooFar_IsRefusedWhateverItsForm(string type)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] start = Encoding.ASCII.GetBytes("--abc\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n");
        using ByteArrayContent bomb = new([.. start, .. new byte[50_000_000]]);
        bomb.Headers.TryAddWithoutValidation("Content-Type", type);
        HttpContent compressed = await CompressAsync("gzip", "gzip", bomb);
        Assert.True(compressed.Headers.ContentLength < MaxDecompressed / 10);

        JsonElement problem = await (await client.PostAsync("/predict", compressed)).ProblemAsync(413, "body_too_large");

        Assert.Contains($"{MaxDecompressed} bytes after decompression, Limits:MaxDecompressedBytes", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Predict_CompressedBodyCutAtEveryByte_IsNeverAccepted(string encoding)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] whole = await (await CompressAsync(encoding, encoding, Pictures.Raw(Pictures.Gray(50, 8, 8)))).ReadAsByteArrayAsync();

        for (int length = 0; length < whole.Length; length++)
        {
            using HttpContent content = Pictures.Raw(whole[..length]);
            content.Headers.ContentEncoding.Add(encoding);
            HttpResponseMessage response = await client.PostAsync("/predict", content);

            // Cut inside the checksum, the picture is whole: only then may it pass.
            Assert.True(
                response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity
                    || (length >= whole.Length - 8 && response.StatusCode == HttpStatusCode.OK),
                $"{length} of {whole.Length} bytes: {(int)response.StatusCode}");
        }
    }

    [Fact]
    public async Task Predict_NotWhatTheEncodingSays_IsMalformed()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using HttpContent content = Pictures.Raw(Pictures.Gray(1));
        content.Headers.ContentEncoding.Add("gzip");

        JsonElement problem = await (await client.PostAsync("/predict", content)).ProblemAsync(400, "malformed_request");

        Assert.Contains("Content-Encoding gzip", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("deflate, gzip;q=0.5", true)]
    [InlineData("*", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("gzip;q=0, *", false)]
    [InlineData("gzip;q=0.1, identity", false)]
    [InlineData("br", false)]
    [InlineData("", false)]
    public async Task Predict_JsonAnswer_IsCompressedForWhoAcceptsIt(string accepted, bool isCompressed)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", accepted);

        HttpResponseMessage response = await client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(50)));

        Assert.Equal(isCompressed ? ["gzip"] : [], response.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept", "Accept-Encoding"], response.Headers.Vary);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        using JsonDocument answer = JsonDocument.Parse(isCompressed ? new GZipStream(body, CompressionMode.Decompress) : body);
        Assert.Equal(5.0, answer.RootElement.Map(0, "depth").GetProperty("offset").GetDouble(), 6);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/style.css")]
    [InlineData("/models")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    public async Task Get_TextAndJson_AreCompressedToTheSameBytes(string address)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.ParseAdd("gzip");

        HttpResponseMessage plain = await client.GetAsync(new Uri(address, UriKind.Relative));
        HttpResponseMessage compressed = await client.SendAsync(request);

        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal(["gzip"], compressed.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", plain.Headers.Vary);
        Assert.Contains("Accept-Encoding", compressed.Headers.Vary);
        await using GZipStream body = new(await compressed.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using StreamReader reader = new(body);
        string start = (await plain.Content.ReadAsStringAsync())[..200];
        Assert.Equal(start, (await reader.ReadToEndAsync())[..200]);
    }

    [Theory]
    [InlineData("application/zip")]
    [InlineData("multipart/mixed")]
    [InlineData("image/png")]
    [InlineData("application/x-npy")]
    [InlineData("text/html")]
    public async Task Predict_EveryOtherAnswer_IsNeverCompressed(string accept)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        client.DefaultRequestHeaders.Add("Accept", accept);

        HttpResponseMessage response = await client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(50)));

        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Predict_Animation_SaysThatOnlyTheFirstFrameCounts()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] animation = File.ReadAllBytes(Fixture.Path("images", "webp-animated.webp"));

        HttpResponseMessage json = await client.PostAsync("/predict?tasks=depth", Pictures.Form(("still", Pictures.Gray(1)), ("moving", animation)));
        HttpResponseMessage png = await client.SendAsync(Answers.Request("/predict?tasks=depth", "image/png", Pictures.Raw(animation)));

        JsonElement images = (await json.JsonAsync()).GetProperty("images");
        Assert.False(images[0].TryGetProperty("warnings", out _));
        JsonElement warning = Assert.Single(images[1].GetProperty("warnings").EnumerateArray().ToArray());
        Assert.Equal("animation", warning.GetProperty("code").GetString());
        Assert.Contains("2 frames; the maps are of the first", warning.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("animation", png.Headers.GetValues("X-Warnings").Single());
    }

    private static async Task<HttpContent> CompressAsync(string encoding, string name, HttpContent content)
    {
        using MemoryStream stream = new();
        await using (Stream compressor = encoding == "gzip"
            ? new GZipStream(stream, CompressionMode.Compress, leaveOpen: true)
            : new ZLibStream(stream, CompressionMode.Compress, leaveOpen: true))
        {
            await content.CopyToAsync(compressor);
        }

        ByteArrayContent compressed = new(stream.ToArray());
        compressed.Headers.ContentType = content.Headers.ContentType;
        compressed.Headers.TryAddWithoutValidation("Content-Encoding", name);
        return compressed;
    }
}
