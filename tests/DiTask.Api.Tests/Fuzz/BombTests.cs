using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using DiTask.Tests;

namespace DiTask.Api.Tests.Fuzz;

/// <summary>Small requests that ask for a lot of work.</summary>
public sealed class BombTests : IAsyncDisposable
{
    private const int PngHeaderEnd = 33;

    private readonly ServiceFactory factory = new(("Limits:MaxBodyBytes", "48000000"), ("Limits:MaxImagePixels", "2000000"));

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Theory]
    [InlineData(50_000, 50_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(1_000_001, 2)]
    public async Task Png_HugeHeader_IsRefusedFromTheHeaderAlone(int width, int height)
    {
        // There are no pixels: had decoding begun, the refusal would be another.
        byte[] header = Read("png-rgb8.png")[..PngHeaderEnd];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(20), height);
        PngChecksums.Mend(header);

        await (await SendAsync(header)).ProblemAsync(413, "too_many_pixels");
    }

    [Fact]
    public async Task Jpeg_HugeHeader_IsRefusedFromTheHeaderAlone()
    {
        byte[] file = Read("jpeg-baseline.jpg");
        int frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        file.AsSpan(frame + 5, 4).Fill(0xFE);

        await (await SendAsync(file)).ProblemAsync(413, "too_many_pixels");
    }

    [Fact]
    public async Task Webp_HugeCanvas_IsRefusedFromTheHeaderAlone()
    {
        byte[] file = Read("webp-animated.webp");
        int header = file.AsSpan().IndexOf("VP8X"u8);
        file.AsSpan(header + 12, 6).Fill(0xFE);

        HttpResponseMessage response = await SendAsync(file);

        Assert.True(response.StatusCode is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity, $"{response.StatusCode}");
    }

    [Fact]
    public async Task Png_DataThatInflatesFarBeyondItsPixels_IsNotInflatedToItsEnd()
    {
        byte[] file = Read("png-rgb8.png");
        using MemoryStream inflated = new();
        await using (ZLibStream zlib = new(inflated, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++)
            {
                await zlib.WriteAsync(zeros);
            }
        }

        byte[] data = inflated.ToArray();
        byte[] chunk = [0, 0, 0, 0, .. "IDAT"u8, .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        byte[] bomb = [.. file[..PngHeaderEnd], .. chunk, .. file[^12..]];
        PngChecksums.Mend(bomb);

        HttpResponseMessage response = await SendAsync(bomb);

        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{response.StatusCode}");
    }

    [Fact]
    public async Task Png_AMillionPixelsHigh_IsAnswered()
    {
        await (await SendAsync(Pictures.Gray(7, 1, 1_000_000))).JsonAsync();
    }

    [Fact]
    public async Task Webp_OfManyChunks_IsReadOnce()
    {
        byte[] file = Read("webp-lossy-alpha.webp");
        byte[] filler = [.. Enumerable.Repeat((byte[])[.. "JUNK"u8, 0, 0, 0, 0], 100_000).SelectMany(chunk => chunk)];
        byte[] many = [.. file, .. filler];
        BinaryPrimitives.WriteInt32LittleEndian(many.AsSpan(4), many.Length - 8);

        await (await SendAsync(many)).JsonAsync();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public async Task Gzip_InGzip_IsInflatedOnce(int depth)
    {
        byte[] bytes = new byte[1 << 20];
        for (int i = 0; i < depth; i++)
        {
            using MemoryStream stream = new();
            await using (GZipStream gzip = new(stream, CompressionMode.Compress, leaveOpen: true))
            {
                await gzip.WriteAsync(bytes);
            }

            bytes = stream.ToArray();
        }

        HttpClient client = await factory.CreateReadyClientAsync();
        using HttpContent content = Pictures.Raw(bytes);
        content.Headers.ContentEncoding.Add("gzip");

        await (await client.PostAsync("/predict", content)).ProblemAsync(415, "unsupported_image_format");
    }

    [Theory]
    [InlineData("[", 5_000_000)]
    [InlineData("{\"images\":[", 400_000)]
    public async Task Json_VeryDeep_IsMalformed(string open, int depth)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        StringBuilder text = new();
        text.Insert(0, open, depth);

        await (await client.PostAsync("/predict", Json(text.ToString()))).ProblemAsync(400, "malformed_json");
        await (await client.PostAsync("/v2/models/fake/infer", Json(text.ToString()))).ProblemAsync(400, "malformed_json");
    }

    [Fact]
    public async Task Json_StringOf32Megabytes_IsRefusedWhereverItStands()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        string text = new('A', 32_000_000);

        await (await client.PostAsync("/predict", Json($$"""{"images":[{"data":"{{text}}"}]}"""))).ProblemAsync(413, "image_too_large");
        JsonElement named = await (await client.PostAsync("/predict", Json($$"""{"{{text}}":1}"""))).ProblemAsync(400, "unknown_field");
        JsonElement task = await (await client.PostAsync("/predict", Json($$"""{"images":[{"data":""}],"tasks":["{{text}}"]}"""))).ProblemAsync(400, "unknown_task");

        Assert.True(named.GetRawText().Length < 2000);
        Assert.True(task.GetRawText().Length < 2000);
    }

    [Fact]
    public async Task Json_HugeNumberOfOptions_IsListedWithinReason()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        string members = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"o{i}\":1"));

        HttpResponseMessage response = await client.PostAsync("/predict", Json($$"""{"images":[{"data":""}],"options":{ {{members}} } }"""));

        JsonElement problem = await response.ProblemAsync(400, "unknown_field");
        Assert.True(problem.GetRawText().Length < 100_000, $"{problem.GetRawText().Length} characters");
    }

    [Fact]
    public async Task Multipart_TenThousandParts_IsRefused()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        string fields = string.Concat(Enumerable.Repeat("--b\r\nContent-Disposition: form-data; name=\"tasks\"\r\n\r\ndepth\r\n", 10_000));
        string images = string.Concat(Enumerable.Repeat("--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"\"\r\n\r\n\r\n", 10_000));

        await (await client.PostAsync("/predict", Multipart(fields + "--b--\r\n"))).ProblemAsync(400, "malformed_multipart");
        await (await client.PostAsync("/predict", Multipart(images + "--b--\r\n"))).ProblemAsync(400, "malformed_multipart");
    }

    [Theory]
    [InlineData("jpeg-gray.jpg")]
    [InlineData("png-gray4.png")]
    [InlineData("webp-lossless.webp")]
    [InlineData("webp-animated.webp")]
    [InlineData("bmp-4.bmp")]
    public async Task AnyFormat_CutAtEveryByte_IsAnsweredOrRefused(string name)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] file = Read(name);
        for (int length = 0; length < file.Length; length++)
        {
            HttpResponseMessage response = await client.PostAsync("/predict?tasks=depth&maps=none", Pictures.Raw(file[..length]));
            Assert.True((int)response.StatusCode is 200 or 415 or 422, $"{length} of {file.Length} bytes: {(int)response.StatusCode}");
        }
    }

    private static byte[] Read(string name) => File.ReadAllBytes(Fixture.Path("images", name));

    private static StringContent Json(string text) => new(text, Encoding.ASCII, "application/json");

    private static ByteArrayContent Multipart(string text)
    {
        ByteArrayContent content = new(Encoding.ASCII.GetBytes(text));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        return content;
    }

    private async Task<HttpResponseMessage> SendAsync(byte[] image)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        return await client.PostAsync("/predict?tasks=depth&maps=none", Pictures.Raw(image));
    }
}
